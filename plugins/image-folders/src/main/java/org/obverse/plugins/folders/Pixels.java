package org.obverse.plugins.folders;

import java.util.Arrays;

/** A picture of 8 bits per channel. */
final class Pixels {
    /** 100 megapixels; larger pictures are refused before memory is taken. */
    static final long MOST = 100_000_000;

    private final int width;
    private final int height;
    private final byte[] rgb;

    /**
     * @param rgb red, green and blue of each pixel, row by row from the top: {@code [height, width, 3]}; not copied
     */
    Pixels(int width, int height, byte[] rgb) {
        if (rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(rgb.length + " bytes are no picture of " + width + " x " + height);
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The bytes themselves, which nobody changes. */
    byte[] rgb() {
        return rgb;
    }

    /** A part of the picture; what lies outside is black. */
    Pixels crop(int left, int top, int newWidth, int newHeight) {
        byte[] cropped = new byte[3 * newWidth * newHeight];
        int from = Math.max(0, left);
        int length = Math.min(width, left + newWidth) - from;
        for (int row = 0; row < newHeight && length > 0; row++) {
            int source = top + row;
            if (source >= 0 && source < height) {
                System.arraycopy(
                        rgb, 3 * (source * width + from), cropped, 3 * (row * newWidth + from - left), 3 * length);
            }
        }
        return new Pixels(newWidth, newHeight, cropped);
    }

    /**
     * torchvision's CenterCrop: the corner is rounded half to even, and a picture that is too small is first padded with black,
     * the smaller half of it before.
     */
    Pixels centerCrop(int side) {
        int padLeft = Math.max(0, side - width) / 2;
        int padTop = Math.max(0, side - height) / 2;
        int left = width < side ? -padLeft : (int) Math.rint((width - side) / 2.0);
        int top = height < side ? -padTop : (int) Math.rint((height - side) / 2.0);
        return crop(left, top, side, side);
    }

    /** Each channel becomes the luma of the pixel: Pillow's {@code convert("L")}, ITU-R 601-2 in 16 bits of fixed point. */
    Pixels grey() {
        byte[] grey = new byte[rgb.length];
        for (int at = 0; at < grey.length; at += 3) {
            int luma = (19595 * (rgb[at] & 0xff) + 38470 * (rgb[at + 1] & 0xff) + 7471 * (rgb[at + 2] & 0xff) + 0x8000)
                    >> 16;
            Arrays.fill(grey, at, at + 3, (byte) luma);
        }
        return new Pixels(width, height, grey);
    }

    /**
     * The pixels as a network takes them: {@code [channels, height, width]}.
     *
     * @param channels how many of the three, the first ones
     */
    byte[] planes(int channels) {
        int area = width * height;
        byte[] planes = new byte[channels * area];
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < area; i++) {
                planes[channel * area + i] = rgb[3 * i + channel];
            }
        }
        return planes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pixels pixels
                && width == pixels.width
                && height == pixels.height
                && Arrays.equals(rgb, pixels.rgb);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(rgb);
    }

    @Override
    public String toString() {
        return width + " x " + height + " pixels";
    }
}
