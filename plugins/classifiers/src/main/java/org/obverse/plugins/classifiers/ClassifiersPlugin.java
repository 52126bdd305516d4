package org.obverse.plugins.classifiers;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The benchmark's target and evaluation model, and torchvision's ResNet-18. */
public final class ClassifiersPlugin implements Plugin {
    @Override
    public String id() {
        return "classifiers";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                new Component<>(
                        Kind.CLASSIFIER,
                        "small-resnet",
                        "Three residual blocks for images of 16 pixels and more, the benchmark's target (80 k parameters)",
                        SmallResNet.DEFAULT,
                        (configuration, resources) -> configuration.architecture(resources.operators())),
                new Component<>(
                        Kind.CLASSIFIER,
                        "small-inception",
                        "Four inception modules (Szegedy et al. 2016, Fig. 5) for images of 16 pixels and more, the"
                                + " benchmark's evaluation model (120 k parameters)",
                        SmallInception.DEFAULT,
                        (configuration, resources) -> configuration.architecture(resources.operators())),
                new Component<>(
                        Kind.CLASSIFIER,
                        "resnet18",
                        "ResNet-18 (He et al. 2016, Table 1) as torchvision defines it, under its state dict's names",
                        new ResNet18(),
                        (configuration, resources) -> configuration.architecture(resources.operators())));
    }
}
