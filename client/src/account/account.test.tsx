import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { session } from "../sync";
import { fakeFetch, problem } from "../sync/testing/fakeFetch";
import { startText } from "../text";
import JoinPage from "./JoinPage";
import LoginPage from "./LoginPage";
import RegisterPage from "./RegisterPage";

beforeAll(() => startText("en"));

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});

function show(page: React.ReactNode): void {
  render(<MantineProvider>{page}</MantineProvider>);
}

function fill(label: RegExp, value: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

describe("registering", () => {
  it("says what is wrong before it asks the server", () => {
    const asked = fakeFetch(() => problem(500, "internal"));
    show(<RegisterPage />);
    fill(/^Name/, "A b");
    fireEvent.click(screen.getByRole("button", { name: "Found your empire" }));
    expect(screen.getByText("May hold letters, digits, - and _ only.")).toBeTruthy();
    expect(screen.getByText("This is needed.")).toBeTruthy();
    expect(asked).toEqual([]);
  });

  it("shows what the server says, at its field or below", async () => {
    let answer = problem(409, "username_taken");
    fakeFetch(() => answer);
    show(<RegisterPage />);
    fill(/^Name/, "Annabel");
    fill(/^Password/, "long enough");
    fireEvent.click(screen.getByRole("button", { name: "Found your empire" }));
    await waitFor(() => expect(screen.getByText("That name is taken.")).toBeTruthy());
    const fields = { email: ["Not a valid email address."] };
    answer = problem(422, "invalid", { fields });
    fill(/^Email/, "nonsense");
    fireEvent.click(screen.getByRole("button", { name: "Found your empire" }));
    await waitFor(() => {
      expect(screen.getByText("This is no email address.")).toBeTruthy();
    });
    expect(screen.queryByText("That name is taken.")).toBeNull();
  });

  it("helps password managers", () => {
    show(<RegisterPage />);
    const name = screen.getByLabelText(/^Name/);
    const password = screen.getByLabelText(/^Password/);
    expect(name.getAttribute("autocomplete")).toBe("username");
    expect(password.getAttribute("autocomplete")).toBe("new-password");
    fireEvent.mouseDown(screen.getByRole("button", { name: "Show password" }));
    expect(password.getAttribute("type")).toBe("text");
    expect(screen.getByRole("button", { name: "Hide password" })).toBeTruthy();
  });
});

describe("logging in", () => {
  it("says why the last login ended", () => {
    session.setState({ ended: "expired" });
    show(<LoginPage />);
    expect(screen.getByText(/Your login has ended/)).toBeTruthy();
    session.setState({ ended: null });
  });

  it("says when name or password are wrong", async () => {
    fakeFetch(() => problem(401, "bad_credentials"));
    show(<LoginPage />);
    fill(/^Name/, "Annabel");
    fill(/^Password/, "x");
    fireEvent.click(screen.getByRole("button", { name: "Log in" }));
    await waitFor(() =>
      expect(screen.getByText("Wrong name or password.")).toBeTruthy(),
    );
  });
});

describe("joining", () => {
  it("begins at once in the only galaxy", async () => {
    const asked = fakeFetch(({ path }) => ({
      body: path === "/galaxies" ? [{ id: "1", planets: 9, joined: false }] : {},
    }));
    show(<JoinPage />);
    await waitFor(() =>
      expect(asked.map((one) => one.path)).toContain("/galaxies/1/join"),
    );
  });

  it("lets choose among several, and try again where it failed", async () => {
    fakeFetch(({ path }) =>
      path === "/galaxies"
        ? { body: ["1", "2"].map((id) => ({ id, planets: 9, joined: false })) }
        : problem(409, "busy"),
    );
    show(<JoinPage />);
    await waitFor(() => expect(screen.getByText("Galaxy 2")).toBeTruthy());
    fireEvent.click(
      screen.getAllByRole("button", { name: "Begin here" })[1] as HTMLElement,
    );
    await waitFor(() =>
      expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy(),
    );
  });
});
