import { Button, type ButtonProps } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Orders.module.css";

interface OrderButtonProps extends ButtonProps {
  className?: string;
  /** Whether the order can be given; where not, the button still takes the focus. */
  canOrder: boolean;
  /** Id of the list that says why not. */
  reasonsId: string;
  "aria-label"?: string;
  "data-tour"?: string;
  onOrder: () => void;
  children: ReactNode;
}

/**
 * Give an order; where that can't be done, stay reachable and say why.
 *
 * A disabled button can't be focused, so that nobody with a keyboard would hear the
 * reasons.
 */
export function OrderButton(props: OrderButtonProps) {
  const { canOrder, reasonsId, onOrder, children, ...button } = props;
  const off = canOrder
    ? {}
    : {
        "data-disabled": true,
        "aria-disabled": true,
        "aria-describedby": reasonsId,
      };
  return (
    <Button
      {...button}
      className={`${classes.button} ${button.className ?? ""}`}
      {...off}
      onClick={(event) => {
        if (canOrder) onOrder();
        else event.preventDefault();
      }}
    >
      {children}
    </Button>
  );
}
