package org.obverse.plugins.classifiers;

import org.obverse.networks.Branches;
import org.obverse.networks.Layer;
import org.obverse.networks.Pooling;
import org.obverse.networks.Window;

/**
 * The modules of Inception v3 (Szegedy et al. 2016) under torchvision's names, with the branches in its order.
 *
 * @param mean over 3x3 pixels in the pooling branches
 */
record InceptionV3Modules(NormalizedConvolutions convolutions, Layer mean) {
    private static final Window POINT = Window.centered(1);
    private static final Window SAME = Window.centered(3);
    private static final Window HALVING = new Window(3, 2, 0);

    /** Figure 5, with 5x5 in place of one pair of 3x3. */
    Layer a(String name, int inputs, int pooled) {
        NormalizedConvolutions in = convolutions.in(name);
        return Branches.of(
                in.layer("branch1x1", inputs, 64, POINT),
                in.layer("branch5x5_1", inputs, 48, POINT).then(in.layer("branch5x5_2", 48, 64, Window.centered(5))),
                in.layer("branch3x3dbl_1", inputs, 64, POINT)
                        .then(in.layer("branch3x3dbl_2", 64, 96, SAME))
                        .then(in.layer("branch3x3dbl_3", 96, 96, SAME)),
                mean.then(in.layer("branch_pool", inputs, pooled, POINT)));
    }

    /** Figure 10: halves the extent, adds 480 channels. */
    Layer b(String name, int inputs) {
        NormalizedConvolutions in = convolutions.in(name);
        return Branches.of(
                in.layer("branch3x3", inputs, 384, HALVING),
                in.layer("branch3x3dbl_1", inputs, 64, POINT)
                        .then(in.layer("branch3x3dbl_2", 64, 96, SAME))
                        .then(in.layer("branch3x3dbl_3", 96, 96, HALVING)),
                Pooling.max(HALVING));
    }

    /** Figure 6 with n = 7: 768 channels in and out, {@code inner} between the long windows. */
    Layer c(String name, int inner) {
        NormalizedConvolutions in = convolutions.in(name);
        return Branches.of(
                in.layer("branch1x1", 768, 192, POINT),
                in.layer("branch7x7_1", 768, inner, POINT)
                        .then(in.layer("branch7x7_2", inner, inner, 1, 7))
                        .then(in.layer("branch7x7_3", inner, 192, 7, 1)),
                in.layer("branch7x7dbl_1", 768, inner, POINT)
                        .then(in.layer("branch7x7dbl_2", inner, inner, 7, 1))
                        .then(in.layer("branch7x7dbl_3", inner, inner, 1, 7))
                        .then(in.layer("branch7x7dbl_4", inner, inner, 7, 1))
                        .then(in.layer("branch7x7dbl_5", inner, 192, 1, 7)),
                mean.then(in.layer("branch_pool", 768, 192, POINT)));
    }

    /** Halves the extent, 768 to 1280 channels. */
    Layer d(String name) {
        NormalizedConvolutions in = convolutions.in(name);
        return Branches.of(
                in.layer("branch3x3_1", 768, 192, POINT).then(in.layer("branch3x3_2", 192, 320, HALVING)),
                in.layer("branch7x7x3_1", 768, 192, POINT)
                        .then(in.layer("branch7x7x3_2", 192, 192, 1, 7))
                        .then(in.layer("branch7x7x3_3", 192, 192, 7, 1))
                        .then(in.layer("branch7x7x3_4", 192, 192, HALVING)),
                Pooling.max(HALVING));
    }

    /**
     * Figure 7: to 2048 channels.
     *
     * @param pooling of the last branch
     */
    Layer e(String name, int inputs, Layer pooling) {
        NormalizedConvolutions in = convolutions.in(name);
        return Branches.of(
                in.layer("branch1x1", inputs, 320, POINT),
                in.layer("branch3x3_1", inputs, 384, POINT).then(split(in, "branch3x3_2")),
                in.layer("branch3x3dbl_1", inputs, 448, POINT)
                        .then(in.layer("branch3x3dbl_2", 448, 384, SAME))
                        .then(split(in, "branch3x3dbl_3")),
                pooling.then(in.layer("branch_pool", inputs, 192, POINT)));
    }

    private static Layer split(NormalizedConvolutions in, String name) {
        return Branches.of(in.layer(name + "a", 384, 384, 1, 3), in.layer(name + "b", 384, 384, 3, 1));
    }
}
