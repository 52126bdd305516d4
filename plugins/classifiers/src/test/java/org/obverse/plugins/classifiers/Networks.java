package org.obverse.plugins.classifiers;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.plugin.Resources;

/** The architectures that hold to the same rules. */
final class Networks {
    private Networks() {}

    static Stream<Named<ClassifierArchitecture>> small(Resources resources) {
        return Stream.of(
                Named.of("small-resnet, batch", SmallResNet.DEFAULT.architecture(resources)),
                Named.of(
                        "small-resnet, affine",
                        new SmallResNet(16, 1, Normalization.AFFINE, "").architecture(resources)),
                Named.of("small-resnet, group", new SmallResNet(8, 1, Normalization.GROUP, "").architecture(resources)),
                Named.of("small-inception", SmallInception.DEFAULT.architecture(resources.operators())),
                Named.of(
                        "membership-cnn, batch",
                        new MembershipCnn(Depth.SHALLOW, Normalization.BATCH, 0.125)
                                .architecture(resources.operators())),
                Named.of(
                        "membership-cnn, group",
                        new MembershipCnn(Depth.SHALLOW, Normalization.GROUP, 0.125)
                                .architecture(resources.operators())));
    }

    static Stream<Named<ClassifierArchitecture>> all(Resources resources) {
        return Stream.concat(
                small(resources),
                Stream.of(
                        Named.of(
                                "membership-cnn, deep",
                                new MembershipCnn(Depth.DEEP, Normalization.GROUP, 0.125)
                                        .architecture(resources.operators())),
                        Named.of(
                                "resnet18", new StagedArchitecture(ResNet.RESNET_18.design(), resources.operators()))));
    }
}
