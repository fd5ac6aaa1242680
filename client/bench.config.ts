import { defineConfig } from "vite";

/** Build the measuring page alone: `vite build --config bench.config.ts`. */
export default defineConfig({
  build: { target: "es2023", rolldownOptions: { input: "bench.html" } },
  worker: { format: "es" },
});
