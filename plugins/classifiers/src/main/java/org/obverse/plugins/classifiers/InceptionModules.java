package org.obverse.plugins.classifiers;

import org.obverse.networks.Branches;
import org.obverse.networks.Layer;
import org.obverse.networks.Pooling;
import org.obverse.networks.Window;

/** The modules of the benchmark's inception network. */
record InceptionModules(NormalizedConvolutions convolutions) {
    private static final Window POINT = Window.centered(1);
    private static final Window SAME = Window.centered(3);

    /**
     * Four branches whose outputs lie one after the other, a quarter of the channels each: 1x1; 1x1 and 3x3; 1x1 and
     * two 3x3; a mean over 3x3 and 1x1 (Szegedy et al. 2016, "Rethinking the Inception Architecture", Fig. 5).
     */
    Layer module(String name, int inputs, int outputs) {
        int quarter = outputs / 4;
        NormalizedConvolutions in = convolutions.in(name);
        return Branches.of(
                in.layer("branch1", inputs, quarter, POINT),
                in.layer("branch2.0", inputs, quarter, POINT).then(in.layer("branch2.1", quarter, quarter, SAME)),
                in.layer("branch3.0", inputs, quarter, POINT)
                        .then(in.layer("branch3.1", quarter, quarter, SAME))
                        .then(in.layer("branch3.2", quarter, quarter, SAME)),
                Pooling.average(SAME).then(in.layer("branch4", inputs, quarter, POINT)));
    }
}
