package org.obverse.api.tensor;

/**
 * A rectangle of pixels.
 *
 * @param top row of its first pixel
 * @param left column of its first pixel
 */
public record Box(int top, int left, int height, int width) {}
