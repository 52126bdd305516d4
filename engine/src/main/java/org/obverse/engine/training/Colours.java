package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * torchvision's changes of colour, on images {@code [N, 3, H, W]} in [0, 1] with one number per image, {@code [N, 1, 1, 1]}. Grey images,
 * {@code [N, 1, H, W]}, have neither saturation nor hue and keep what they are, as in torchvision.
 * A blend of an image a with b by a factor f is f·a + (1 − f)·b, clamped to [0, 1].
 */
final class Colours {
    /** Weights of red, green and blue in torchvision's grey. */
    private static final float[] GREY = {0.2989f, 0.587f, 0.114f};

    private Colours() {}

    /** A blend with black. */
    static NDArray brightness(NDArray images, NDArray factor) {
        return images.mul(factor).clip(0, 1);
    }

    /** A blend with the mean of the image's grey. */
    static NDArray contrast(NDArray images, NDArray factor) {
        return blend(images, grey(images).mean(new int[] {2}, true).mean(new int[] {3}, true), factor);
    }

    /** A blend with the grey of each pixel. */
    static NDArray saturation(NDArray images, NDArray factor) {
        return blend(images, grey(images), factor);
    }

    /**
     * A turn of the colour circle, in hue, saturation and value. With value v, chroma c = v·s and hue h in sixths of the
     * circle, the channels are v − c·max(0, min(k, 4 − k, 1)), k = (n + h) mod 6, for n = 5, 3, 1.
     *
     * @param shift in [-0.5, 0.5] of the circle
     */
    static NDArray hue(NDArray images, NDArray shift) {
        if (isGrey(images)) {
            return images;
        }
        NDArray value = images.max(new int[] {1}, true);
        NDArray chroma = value.sub(images.min(new int[] {1}, true));
        NDArray turned = sixths(images, value, chroma).add(shift.mul(6));
        NDArray corner = images.getManager().create(new float[] {5, 3, 1}, new Shape(1, 3, 1, 1));
        NDArray k = wrapped(corner.add(turned));
        NDArray kept = NDArrays.minimum(NDArrays.minimum(k, k.neg().add(4)), 1);
        return value.sub(chroma.mul(NDArrays.maximum(kept, 0)));
    }

    /** The hue in sixths of the circle; 0 for greys. */
    private static NDArray sixths(NDArray images, NDArray value, NDArray chroma) {
        NDArray red = images.get(":, 0:1");
        NDArray green = images.get(":, 1:2");
        NDArray blue = images.get(":, 2:3");
        NDArray divisor = chroma.add(chroma.eq(0).toType(DataType.FLOAT32, false));
        NDArray ofRed = green.sub(blue).div(divisor);
        NDArray ofGreen = blue.sub(red).div(divisor).add(2);
        NDArray ofBlue = red.sub(green).div(divisor).add(4);
        NDArray strongest = NDArrays.where(green.eq(value), ofGreen, ofBlue);
        return NDArrays.where(red.eq(value), ofRed, strongest);
    }

    private static NDArray wrapped(NDArray sixths) {
        return sixths.sub(sixths.div(6).floor().mul(6));
    }

    private static boolean isGrey(NDArray images) {
        return images.getShape().get(1) == 1;
    }

    private static NDArray grey(NDArray images) {
        if (isGrey(images)) {
            return images;
        }
        NDArray weights = images.getManager().create(GREY, new Shape(1, 3, 1, 1));
        return images.mul(weights).sum(new int[] {1}, true);
    }

    private static NDArray blend(NDArray images, NDArray towards, NDArray factor) {
        return towards.add(images.sub(towards).mul(factor)).clip(0, 1);
    }
}
