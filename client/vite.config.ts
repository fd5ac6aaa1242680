import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Where `make run` is to be reached, for `npm run dev` beside it. */
const CLUSTER = process.env.CLUSTER ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2023",
    outDir: "dist/plain",
    sourcemap: false,
    // the map draws by one large chunk, which only the map loads
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        // one file for all icons, not one for each that two pages share
        codeSplitting: { groups: [{ name: "icons", test: /@tabler/ }] },
      },
    },
  },
  worker: { format: "es" },
  server: {
    proxy: {
      "/api": CLUSTER,
      // the server takes sockets of its own origin only
      "/socket.io": { target: CLUSTER, ws: true, headers: { Origin: CLUSTER } },
    },
  },
  test: {
    // makes the environment once a worker, not once a file: a third of the time
    pool: "vmThreads",
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
