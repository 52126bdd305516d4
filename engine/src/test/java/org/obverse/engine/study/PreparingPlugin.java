package org.obverse.engine.study;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.StageContext;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.oracle.Access;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.random.RandomStream;

/** Preparers beside the {@link TinyPlugin}: with and without the target, with and without the plan's generator. */
public final class PreparingPlugin implements Plugin {
    /** How often anything was prepared, over all runs. */
    final AtomicInteger prepared = new AtomicInteger();

    record Nothing() {}

    @Override
    public String id() {
        return "preparing";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                preparer("blind", Requirements.none(), new Maker(false)),
                preparer("asking", Requirements.none().access(LabelOracle.class), new Maker(true)),
                preparer("passing", Requirements.none().generator(Generator.class), new Passer()),
                preparer("grabbing", Requirements.none(), new Passer()),
                preparer(
                        "telling",
                        Requirements.none().access(LabelOracle.class),
                        new Maker(
                                true,
                                Preparer.Figure.of("size", 12, ""),
                                new Preparer.Figure("agreement", 0.25, "fraction", 0.3))),
                preparer("boasting", Requirements.none().prepares("surrogate"), new Maker(false)),
                new Component<>(
                        Kind.DEFENSE, "mute", "", new Nothing(), (none, resources) -> () -> List.of(new Mute())),
                new Component<Nothing, Optimizer>(
                        Kind.OPTIMIZER,
                        "picky",
                        "",
                        new Nothing(),
                        none -> Requirements.none().generator(Mapped.class),
                        (none, resources) -> (start, context) -> start),
                new Component<Nothing, Optimizer>(
                        Kind.OPTIMIZER, "peeking", "", new Nothing(), (none, resources) -> (start, context) -> {
                            context.network("surrogate");
                            return start;
                        }),
                new Component<Nothing, Optimizer>(
                        Kind.OPTIMIZER,
                        "looking",
                        "",
                        new Nothing(),
                        none -> Requirements.none().network("at", "surrogate"),
                        (none, resources) -> (start, context) -> start));
    }

    private static Component<Nothing, Preparer> preparer(String name, Requirements requirements, Preparer preparer) {
        return new Component<>(
                Kind.PREPARER, name, "", new Nothing(), none -> requirements, (none, resources) -> preparer);
    }

    /** Makes a generator whose images are z, doubled. */
    private final class Maker implements Preparer {
        private final boolean asks;
        private final List<Preparer.Figure> figures;

        Maker(boolean asks, Preparer.Figure... figures) {
            this.asks = asks;
            this.figures = List.of(figures);
        }

        @Override
        public Made prepare(StageContext context) {
            prepared.incrementAndGet();
            if (asks) {
                context.target(LabelOracle.class).labels(context.manager().ones(new Shape(6, 2)));
            }
            return new Made(
                    Map.of("factor", context.manager().ones(new Shape(1)).mul(2)), figures);
        }

        @Override
        public Prepared open(ParameterSource tensors, Generator planned) {
            return new Prepared(new Scaled(tensors), Map.of());
        }
    }

    /** Makes nothing. */
    private final class Passer implements Preparer {
        @Override
        public Made prepare(StageContext context) {
            prepared.incrementAndGet();
            return Made.of(Map.of());
        }

        @Override
        public Prepared open(ParameterSource tensors, Generator planned) {
            return new Prepared(planned, Map.of());
        }
    }

    /** Answers class 0, whatever it is asked. */
    private record Mute() implements OutputFilter {
        @Override
        public Access limit() {
            return Access.LABELS;
        }

        @Override
        public NDArray filter(NDArray logits, RandomStream noise) {
            return logits.zerosLike();
        }
    }

    private record Scaled(ParameterSource tensors) implements Generator {
        @Override
        public int latentSize() {
            return 2;
        }

        @Override
        public Shape image() {
            return new Shape(2);
        }

        @Override
        public Shape searchSpace() {
            return new Shape(2);
        }

        @Override
        public NDArray locate(NDArray z) {
            return z;
        }

        @Override
        public NDArray generate(NDArray points) {
            return points.mul(tensors.tensor(points.getManager(), "factor", new Shape(1), Initial.constant(0)));
        }
    }
}
