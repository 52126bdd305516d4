package org.obverse.plugins.brep;

import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.inversion.Certainties;
import org.obverse.inversion.PriorPoints;

/**
 * Boundary repulsion (Kahla et al. 2022): each candidate looks at a sphere around it, steps away from the
 * points that the target takes for other classes, and widens the sphere when most of it is inside its class.
 *
 * <p>It searches z, also of a mapped generator, whose styles have no scale on which a radius of 2 means something. All
 * candidates of a unit walk in step, so that a pass through target and generator is a full batch; the draws of each are its
 * own. A candidate costs one query at first, then per iteration one for each point of the sphere and, if the sphere points
 * anywhere, one for the step. A spent budget leaves the last iteration that was finished.
 *
 * <p>What differs from the published code, each with a setting to have it back where that means something: rejected steps
 * count towards the end ({@code patience: accepted}), the result is where the search ended ({@code outcome: last-growth}),
 * and {@code iterations} bounds every search, which the code leaves without an end. A candidate whose start is not of its
 * class stays where it is, with the score −1; another one's score is the largest radius that it outgrew.
 */
final class SphereSearch implements Optimizer, Representation.Opener {
    static final String NAME = "sphere-search";

    private final SphereSettings settings;

    SphereSearch(SphereSettings settings) {
        this.settings = settings;
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
        private final Generator generator;
        private final List<Integer> classes;
        private final Decisions decisions;
        private final List<Walk> walks = new ArrayList<>();

        private Search(Candidates start, StageContext context) {
            this.context = context;
            this.classes = start.classes();
            PriorPoints points = PriorPoints.of(start.representation(), context, NAME, LabelRejection.NAME);
            this.generator = points.generator();
            this.decisions = new Decisions(generator, context);
            List<float[]> rows = Certainties.rows(points.z());
            for (int i = 0; i < rows.size(); i++) {
                walks.add(new Walk(settings, classes.get(i), rows.get(i), start.stream(context.random(), i)));
            }
        }

        Candidates run() {
            context.onBudgetSpent(this::candidates);
            long[] labels = decisions.at(walks.stream().map(Walk::start).toList());
            for (int i = 0; i < labels.length; i++) {
                walks.get(i).began(labels[i]);
            }
            List<Walk> active = walks.stream().filter(Walk::goesOn).toList();
            while (!active.isEmpty()) {
                look(active);
                step(active);
                report();
                active = walks.stream().filter(Walk::goesOn).toList();
            }
            return candidates();
        }

        private void look(List<Walk> active) {
            List<float[]> spheres = new ArrayList<>();
            active.forEach(walk -> spheres.addAll(walk.sphere()));
            long[] labels = decisions.at(spheres);
            int points = settings.points();
            for (int i = 0; i < active.size(); i++) {
                active.get(i).saw(Arrays.copyOfRange(labels, i * points, (i + 1) * points));
            }
        }

        private void step(List<Walk> active) {
            List<Walk> moving = active.stream().filter(Walk::moves).toList();
            List<float[]> proposals = moving.stream().map(Walk::proposal).toList();
            long[] labels = decisions.at(proposals);
            active.stream().filter(walk -> !walk.moves()).forEach(Walk::stayed);
            for (int i = 0; i < labels.length; i++) {
                moving.get(i).arrived(proposals.get(i), labels[i]);
            }
        }

        private Candidates candidates() {
            List<float[]> points = walks.stream().map(Walk::result).toList();
            return new Candidates(
                    PriorPoints.of(generator, points, NAME, context.manager()),
                    classes,
                    walks.stream().map(Walk::score).toList(),
                    List.of(curve("radius", Walk::radii), curve("inside", Walk::shares)));
        }

        private Curve curve(String name, Function<Walk, float[]> values) {
            return new Curve(name, walks.stream().map(values).toList());
        }

        private void report() {
            context.progress(
                    walks.stream().mapToLong(Walk::iterations).sum(),
                    (long) walks.size() * settings.iterations(),
                    Map.of(
                            "radius",
                            walks.stream().mapToDouble(Walk::radius).average().orElseThrow()));
        }
    }
}
