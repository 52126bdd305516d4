package org.obverse.plugins.cma;

import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.inversion.Certainties;
import org.obverse.inversion.Certainty;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.PriorPoints;

/**
 * CMA-ES (Hansen 2016) on {@code log p} of the target: each candidate is a search of its own that begins at its start and
 * returns the surest point that it saw, the start among them. Margins rank what confidences tie.
 *
 * <p>Starts that are points of a mapped generator are searched as one style vector in Mirror's box (An et al. 2022), points
 * of the prior as z, bounded by as many deviations. Beyond the box a point is clipped and its squared distance subtracted. A
 * candidate costs one query for its start and one for each point of a generation; the candidates of a unit go in step, so
 * that a pass of the target is a full batch, and the draws of each are its own.
 */
final class CmaEs implements Optimizer, Preflight, Representation.Opener {
    static final String NAME = "cma-es";

    private final EvolutionSettings settings;
    private final Resources resources;

    CmaEs(EvolutionSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
    }

    @Override
    public List<Problem> check(Setting setting) {
        return settings.framing().fit(setting.generator().image());
    }

    @Override
    public Representation open(NDList variables, Generator generator) {
        return PriorPoints.open(variables, generator, NAME);
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        return new Search(start, context).run();
    }

    /** One call. */
    private final class Search {
        private final StageContext context;
        private final List<Integer> classes;
        private final Space space;
        private final Certainties certainties;
        private final List<Walk> walks = new ArrayList<>();

        private Search(Candidates start, StageContext context) {
            this.context = context;
            this.classes = start.classes();
            this.space = Space.of(start.representation(), settings, context);
            FramedImages images = FramedImages.of(
                    space.generator(),
                    settings.framing(),
                    context.target(ScoreOracle.class).input());
            this.certainties = new Certainties(
                    points -> images.framed().apply(images.generate().apply(space.located(points))), context);
            double reach = settings.box().deviations() == 0
                    ? Double.POSITIVE_INFINITY
                    : settings.box().deviations();
            List<float[]> starts = space.starts();
            Strategy strategy = new Strategy(starts.get(0).length, settings.points());
            for (int i = 0; i < starts.size(); i++) {
                Evolution evolution = new Evolution(
                        space.coordinates(starts.get(i)),
                        settings.sigma(),
                        strategy,
                        covariance ->
                                Spectrum.of(covariance, starts.get(0).length, resources.operators(), context.manager()),
                        start.stream(context.random(), i));
                walks.add(new Walk(classes.get(i), space, starts.get(i), reach, evolution));
            }
        }

        Candidates run() {
            context.onBudgetSpent(this::candidates);
            List<Certainty> first =
                    certainties.of(walks.stream().map(Walk::best).toList(), targets(1));
            for (int i = 0; i < first.size(); i++) {
                walks.get(i).began(first.get(i));
            }
            for (int generation = 1; generation <= settings.generations(); generation++) {
                step();
                report(generation);
            }
            return candidates();
        }

        private void step() {
            List<List<float[]>> points = walks.stream().map(Walk::ask).toList();
            int each = points.get(0).size();
            List<Certainty> found =
                    certainties.of(points.stream().flatMap(List::stream).toList(), targets(each));
            for (int i = 0; i < walks.size(); i++) {
                walks.get(i).tell(points.get(i), found.subList(i * each, (i + 1) * each));
            }
        }

        /** The class of each point, when every candidate asks for as many. */
        private int[] targets(int each) {
            return walks.stream()
                    .flatMapToInt(walk -> IntStream.generate(walk::target).limit(each))
                    .toArray();
        }

        private Candidates candidates() {
            Stream<Double> scores = walks.stream().map(walk -> walk.certainty().logConfidence());
            return new Candidates(
                    space.found(walks.stream().map(Walk::best).toList(), context),
                    classes,
                    scores.toList(),
                    List.of(new Curve(
                            "confidence", walks.stream().map(Walk::confidences).toList())));
        }

        private void report(int generation) {
            double confidence = walks.stream()
                    .mapToDouble(walk -> walk.certainty().confidence())
                    .average()
                    .orElseThrow();
            context.progress(generation, settings.generations(), Map.of("confidence", confidence));
        }
    }
}
