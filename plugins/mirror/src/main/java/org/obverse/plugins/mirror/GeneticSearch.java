package org.obverse.plugins.mirror;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Mapped;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.inversion.Certainties;
import org.obverse.inversion.Certainty;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.StyleBox;

/**
 * The search of Mirror from scores (An et al. 2022): the candidates of a class are a population, of which in every generation
 * the surest stays and the others make room for children. Found are the members of the last generation that was scored,
 * the surest first.
 *
 * <p>One style vector is searched per candidate, beginning with the first row of its start. A class costs one query per
 * candidate and generation. The classes of a unit go in step, so that a pass of the target is a full batch; the draws of each
 * are its own.
 *
 * <p>What differs from the published code: each child has noise of its own, where there all children of a generation share one
 * vector, and what the confidences tie is ranked by margins. A start outside the box stays a member until children
 * are surer.
 */
final class GeneticSearch implements Optimizer, Preflight {
    static final String NAME = "genetic-search";

    private final GeneticSettings settings;

    GeneticSearch(GeneticSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Problem> check(Setting setting) {
        return settings.framing().fit(setting.generator().image());
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        return new Search(start, context).run();
    }

    /** One call. */
    private final class Search {
        private final StageContext context;
        private final Mapped generator;
        private final List<Integer> classes;
        private final Certainties certainties;
        private final List<Population> populations = new ArrayList<>();

        private Search(Candidates start, StageContext context) {
            this.context = context;
            this.classes = start.classes();
            LatentPoints points = Styles.of(start, NAME);
            this.generator = (Mapped) points.generator();
            FramedImages images = FramedImages.of(
                    generator,
                    settings.framing(),
                    context.target(ScoreOracle.class).input());
            this.certainties =
                    new Certainties(p -> images.framed().apply(images.generate().apply(p.expandDims(1))), context);
            StyleBox box = StyleBox.of(
                    generator, settings.box(), context.random().child("box"), context.manager(), context.batch());
            List<float[]> first = Certainties.rows(points.points().get(":,0"));
            for (int wanted : new LinkedHashSet<>(classes)) {
                populations.add(population(start, first, wanted, box));
            }
        }

        private Population population(Candidates start, List<float[]> first, int wanted, StyleBox box) {
            List<double[]> members = Arrays.stream(start.of(wanted))
                    .mapToObj(row -> inP(first.get(row)))
                    .toList();
            if (members.size() < 2) {
                throw new InvalidConfigurationException(new Problem(
                        "",
                        "'" + NAME + "' breeds children of at least two candidates per class, and class " + wanted
                                + " has " + members.size(),
                        "let the sampler keep more candidates"));
            }
            return new Population(
                    settings, box, wanted, members, context.random().child("class", wanted));
        }

        Candidates run() {
            context.onBudgetSpent(this::candidates);
            List<Population> active = List.copyOf(populations);
            for (int generation = 1; !active.isEmpty(); generation++) {
                score(active);
                report(generation);
                active = active.stream().filter(Population::goesOn).toList();
            }
            return candidates();
        }

        private void score(List<Population> active) {
            List<float[]> points = active.stream()
                    .flatMap(population -> population.next().stream())
                    .map(GeneticSearch::inW)
                    .toList();
            int[] wanted = active.stream()
                    .flatMapToInt(population -> population.next().stream().mapToInt(member -> population.target()))
                    .toArray();
            List<Certainty> found = certainties.of(points, wanted);
            int from = 0;
            for (Population population : active) {
                int to = from + population.next().size();
                population.scored(found.subList(from, to));
                from = to;
            }
        }

        private Candidates candidates() {
            List<float[]> points = populations.stream()
                    .flatMap(population -> population.members().stream())
                    .map(GeneticSearch::inW)
                    .toList();
            NDArray styles = Certainties.array(points, context.manager()).expandDims(1);
            return new Candidates(
                    new LatentPoints(generator, styles),
                    classes,
                    populations.stream()
                            .flatMap(population -> population.certainties().stream())
                            .map(Certainty::logConfidence)
                            .toList(),
                    List.of(new Curve(
                            "confidence",
                            populations.stream()
                                    .flatMap(population -> IntStream.range(
                                                    0, population.members().size())
                                            .mapToObj(population::confidences))
                                    .toList())));
        }

        private void report(int generation) {
            context.progress(
                    generation,
                    settings.generations(),
                    Map.of(
                            "confidence",
                            populations.stream()
                                    .mapToDouble(population ->
                                            population.certainties().get(0).confidence())
                                    .average()
                                    .orElseThrow()));
        }
    }

    private static double[] inP(float[] w) {
        double[] p = new double[w.length];
        for (int j = 0; j < p.length; j++) {
            p[j] = StyleBox.toP(w[j]);
        }
        return p;
    }

    private static float[] inW(double[] p) {
        float[] w = new float[p.length];
        for (int j = 0; j < w.length; j++) {
            w[j] = (float) StyleBox.toW(p[j]);
        }
        return w;
    }
}
