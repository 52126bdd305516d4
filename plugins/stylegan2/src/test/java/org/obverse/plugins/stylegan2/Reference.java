package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

/** What the official code computed for networks of random weights, and the same networks built here. */
record Reference(Workbench bench, Fixture fixture, StyleGan2 settings, String prefix) {
    /** 32 pixels, no clamp. */
    static Reference small(Workbench bench) {
        return new Reference(
                bench,
                bench.fixture("stylegan2-32.safetensors"),
                Settings.of(32)
                        .latent(32)
                        .style(48)
                        .mapping(8)
                        .channels(512, 32)
                        .settings(),
                "G.");
    }

    /** 64 pixels, activations clamped to [−1, 1]. */
    static Reference clamped(Workbench bench) {
        return new Reference(
                bench,
                bench.fixture("stylegan2-64.safetensors"),
                Settings.of(64)
                        .latent(40)
                        .style(32)
                        .mapping(2)
                        .channels(768, 24)
                        .clamp(1)
                        .settings(),
                "G.");
    }

    /** 16 pixels, five conditions. */
    static Reference conditional(Workbench bench) {
        return new Reference(
                bench,
                bench.fixture("synthetic-network-16-cond-expected.safetensors"),
                Settings.of(16)
                        .latent(12)
                        .style(20)
                        .mapping(2)
                        .channels(128, 16)
                        .conditions(5)
                        .settings(),
                "G_ema.");
    }

    NDArray get(String tensor) {
        NDArray array = fixture.get(tensor);
        return array.getDataType() == DataType.FLOAT64 ? array.toType(DataType.FLOAT32, false) : array;
    }

    /** With another noise. */
    Reference with(Noise noise) {
        return new Reference(bench, fixture, Settings.of(settings).noise(noise).settings(), prefix);
    }

    /** The generator with its discriminator. */
    <T> T build(Class<T> type) {
        return type.cast(new StyleGan2Architecture(settings, bench).build(bench.parameters(tensors())));
    }

    /** The generator in float64, for finite differences. */
    FrozenGenerator buildInDoublePrecision() {
        ParameterSource single = tensors();
        ParameterSource exact = new ParameterSource() {
            @Override
            public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
                return single.tensor(manager, name, shape, initial).toType(DataType.FLOAT64, false);
            }

            @Override
            public Set<String> names() {
                return single.names();
            }
        };
        return (FrozenGenerator) new StyleGan2Architecture(settings, bench).build(bench.parameters(exact));
    }

    Discriminator.Effective discriminator() {
        Parameters parameters = bench.parameters(tensors());
        return new Discriminator(bench.operators(), parameters, settings.dimensions())
                .effective(settings.convClamp(), settings.groupSize());
    }

    /** Both networks under the names that Obverse gives them. */
    ParameterSource tensors() {
        ParameterSource all = fixture.weights("");
        return new ParameterSource() {
            @Override
            public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
                return all.tensor(manager, official(name), shape, initial);
            }

            @Override
            public Set<String> names() {
                return all.names().stream()
                        .filter(name -> name.startsWith(prefix) || name.startsWith(Discriminator.PREFIX))
                        .map(name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name)
                        .collect(Collectors.toSet());
            }
        };
    }

    private String official(String name) {
        return name.startsWith(Discriminator.PREFIX) ? name : prefix + name;
    }

    /** The largest difference of two arrays. */
    static double difference(NDArray a, NDArray b) {
        if (!a.getShape().equals(b.getShape())) {
            throw new AssertionError(a.getShape() + " is not " + b.getShape());
        }
        return a.sub(b).abs().max().getFloat();
    }
}
