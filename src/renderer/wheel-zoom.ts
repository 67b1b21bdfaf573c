/**
 * How much a turn of the wheel magnifies. A pinch on a touchpad arrives as a wheel with Ctrl and small steps; a mouse's
 * wheel turned with Ctrl comes in its usual steps of a hundred and means no more than without.
 */
export function wheelZoom({ deltaY, deltaMode, ctrlKey }: WheelEvent): number {
  const unit = deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : deltaMode === WheelEvent.DOM_DELTA_PAGE ? 240 : 1;
  const pinched = ctrlKey && deltaMode === WheelEvent.DOM_DELTA_PIXEL && Math.abs(deltaY) < 50;
  return Math.exp(-deltaY * unit * (pinched ? 0.01 : 0.002));
}
