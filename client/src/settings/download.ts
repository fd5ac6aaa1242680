/** Let the browser keep data as a JSON file. */
export function download(name: string, data: unknown): void {
  const json = JSON.stringify(data, null, 2);
  const address = URL.createObjectURL(new Blob([json], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
