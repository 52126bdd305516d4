package org.obverse.plugins.binary;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** Offers the data sets {@code idx} and {@code cifar}. */
public final class BinaryImagesPlugin implements Plugin {
    @Override
    public String id() {
        return "binary-images";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                new Component<>(
                        Kind.DATASET,
                        "idx",
                        "Grey images in the four files of MNIST's format (LeCun et al. 1998), such as Fashion-MNIST.",
                        IdxConfiguration.DEFAULT,
                        IdxConfiguration::open),
                new Component<>(
                        Kind.DATASET,
                        "cifar",
                        "CIFAR-10 or CIFAR-100 (Krizhevsky 2009) in the binary version.",
                        CifarConfiguration.DEFAULT,
                        CifarConfiguration::open));
    }
}
