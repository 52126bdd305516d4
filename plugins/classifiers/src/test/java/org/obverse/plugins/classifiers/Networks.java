package org.obverse.plugins.classifiers;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.tensor.Operators;

/** The architectures that hold to the same rules. */
final class Networks {
    private Networks() {}

    static Stream<Named<ClassifierArchitecture>> small(Operators operators) {
        return Stream.of(
                Named.of("small-resnet, batch", SmallResNet.DEFAULT.architecture(operators)),
                Named.of("small-resnet, affine", new SmallResNet(16, Normalization.AFFINE).architecture(operators)),
                Named.of("small-resnet, group", new SmallResNet(8, Normalization.GROUP).architecture(operators)),
                Named.of("small-inception", SmallInception.DEFAULT.architecture(operators)),
                Named.of(
                        "membership-cnn, batch",
                        new MembershipCnn(Depth.SHALLOW, Normalization.BATCH, 0.125).architecture(operators)),
                Named.of(
                        "membership-cnn, group",
                        new MembershipCnn(Depth.SHALLOW, Normalization.GROUP, 0.125).architecture(operators)));
    }

    static Stream<Named<ClassifierArchitecture>> all(Operators operators) {
        return Stream.concat(
                small(operators),
                Stream.of(
                        Named.of(
                                "membership-cnn, deep",
                                new MembershipCnn(Depth.DEEP, Normalization.GROUP, 0.125).architecture(operators)),
                        Named.of("resnet18", new StagedArchitecture(ResNet.RESNET_18.design(), operators))));
    }
}
