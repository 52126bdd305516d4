package org.obverse.reference.random;

/** A rectangle of pixels: its top left corner, its height and its width. */
public record CropBox(int top, int left, int height, int width) {}
