import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Failure } from "../app/Failure";
import { startText } from "../text";
import { ConfirmButton } from "./ConfirmButton";
import { Cost } from "./Cost";
import { type Column, DataTable } from "./DataTable";
import { Pending } from "./Pending";
import { RefusalText } from "./RefusalText";

beforeAll(() => startText("en"));
afterEach(cleanup);

function show(children: ReactNode) {
  return render(<MantineProvider env="test">{children}</MantineProvider>);
}

function Broken({ because }: { because: Error }): ReactNode {
  throw because;
}

describe("a price", () => {
  it("marks what is short, by more than a colour", () => {
    show(
      <Cost cost={{ minerals: 60, energy: 20 }} have={{ minerals: 10, energy: 90 }} />,
    );
    expect(screen.getByText("short of 50 Minerals")).toBeTruthy();
    expect(screen.queryByText(/short of .* Energy/)).toBeNull();
  });

  it("is free where nothing is asked", () => {
    show(<Cost cost={{ minerals: 0 }} />);
    expect(screen.getByText("free")).toBeTruthy();
  });
});

describe("a table", () => {
  const columns: readonly Column<{ id: string; size: number }>[] = [
    { id: "id", title: "Name", cell: (row) => row.id, by: (row) => row.id },
    { id: "size", title: "Size", cell: (row) => row.size, by: (row) => row.size },
  ];
  const rows = [
    { id: "a", size: 2 },
    { id: "b", size: 10 },
  ];
  const cells = () => screen.getAllByRole("cell").map((cell) => cell.textContent);

  it("sorts by its heads, largest first, and back", () => {
    show(
      <DataTable label="All" columns={columns} rows={rows} rowKey={({ id }) => id} />,
    );
    fireEvent.click(screen.getByRole("button", { name: "Size" }));
    expect(cells()).toEqual(["b", "10", "a", "2"]);
    const head = screen.getByRole("columnheader", { name: "Size" });
    expect(head.getAttribute("aria-sort")).toBe("descending");
    fireEvent.click(screen.getByRole("button", { name: "Size" }));
    expect(cells()).toEqual(["a", "2", "b", "10"]);
  });

  it("shows what stands for nothing where there are no rows", () => {
    const empty = <p>No fleet yet.</p>;
    show(
      <DataTable
        label="All"
        columns={columns}
        rows={[]}
        rowKey={String}
        empty={empty}
      />,
    );
    expect(screen.getByText("No fleet yet.")).toBeTruthy();
  });
});

describe("what can't be taken back", () => {
  it("is done only after a question", async () => {
    const done = vi.fn();
    show(
      <ConfirmButton title="Demolish" question="Sure?" onConfirm={done}>
        Demolish it
      </ConfirmButton>,
    );
    fireEvent.click(screen.getByText("Demolish it"));
    expect(done).not.toHaveBeenCalled();
    fireEvent.click(await screen.findByText("Yes, do it"));
    expect(done).toHaveBeenCalledOnce();
  });
});

describe("what is not confirmed", () => {
  it("is marked in words", () => {
    show(<Pending when>Mine 2</Pending>);
    expect(screen.getByText("Not confirmed yet")).toBeTruthy();
  });

  it("is not marked once it is", () => {
    show(<Pending when={false}>Mine 2</Pending>);
    expect(screen.queryByText("Not confirmed yet")).toBeNull();
  });
});

describe("a refusal", () => {
  it("is an alert in the player's language", () => {
    show(<RefusalText error={{ code: "queue_full" }} />);
    expect(screen.getByRole("alert").textContent).toBe("The queue is full.");
  });
});

describe("a page that fails", () => {
  beforeEach(() => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    return () => vi.restoreAllMocks();
  });

  it("shows what happened, and how to go on", () => {
    show(
      <Failure>
        <Broken because={new Error("no such thing")} />
      </Failure>,
    );
    expect(screen.getByText("This page has failed")).toBeTruthy();
    expect(screen.getByText("Error: no such thing")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Reload" })).toBeTruthy();
  });

  it("offers the new version where its code is gone", () => {
    show(
      <Failure>
        <Broken because={new TypeError("error loading dynamically imported module")} />
      </Failure>,
    );
    expect(screen.getByText("There is a new version")).toBeTruthy();
  });
});
