/** A binary heap of cells by cost, in flat arrays that grow. The least comes first. */
export class Queue {
  private costs = new Int32Array(1024);
  private cells = new Int32Array(1024);
  size = 0;

  /** Forget all. */
  clear(): void {
    this.size = 0;
  }

  /** Add a cell. */
  push(cell: number, cost: number): void {
    if (this.size === this.costs.length) this.grow();
    const { costs, cells } = this;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = costs[parent] as number;
      if (above <= cost) break;
      costs[at] = above;
      cells[at] = cells[parent] as number;
      at = parent;
    }
    costs[at] = cost;
    cells[at] = cell;
  }

  /** Take the cell of least cost; there must be one. */
  pop(): number {
    const { costs, cells } = this;
    const least = cells[0] as number;
    const size = --this.size;
    const cost = costs[size] as number;
    const cell = cells[size] as number;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= size) break;
      if (child + 1 < size && (costs[child + 1] as number) < (costs[child] as number)) {
        child++;
      }
      if ((costs[child] as number) >= cost) break;
      costs[at] = costs[child] as number;
      cells[at] = cells[child] as number;
      at = child;
    }
    costs[at] = cost;
    cells[at] = cell;
    return least;
  }

  private grow(): void {
    const costs = new Int32Array(this.costs.length * 2);
    const cells = new Int32Array(this.cells.length * 2);
    costs.set(this.costs);
    cells.set(this.cells);
    this.costs = costs;
    this.cells = cells;
  }
}
