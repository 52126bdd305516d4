package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Head;
import org.obverse.api.network.Headed;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Tap;
import org.obverse.api.network.Tapped;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Operators;
import org.obverse.networks.Namespace;

/**
 * Bodies of stages under their own head or another one.
 *
 * @param changes of activations, by the name of the tap
 */
record StagedArchitecture(
        Design design, InputTransform transform, Beginning beginning, Operators operators, Map<String, Change> changes)
        implements Headed, Tapped {
    StagedArchitecture(Design design, InputTransform transform, Beginning beginning, Operators operators) {
        this(design, transform, beginning, operators, Map.of());
    }

    /** Images as they are, random first values. */
    StagedArchitecture(Design design, Operators operators) {
        this(design, InputTransform.NONE, new Beginning.Drawn(), operators);
    }

    StagedArchitecture redesigned(Design other) {
        return new StagedArchitecture(other, transform, beginning, operators, changes);
    }

    @Override
    public StagedArchitecture changed(Map<String, Change> further) {
        Map<String, Change> all = new LinkedHashMap<>(changes);
        further.forEach((tap, change) ->
                all.merge(tap, change, (first, second) -> (x, pass) -> second.apply(first.apply(x, pass), pass)));
        return new StagedArchitecture(design, transform, beginning, operators, all);
    }

    @Override
    public Classifier build(Shape input, int classes, Parameters parameters) {
        Namespace root = Namespace.root(parameters, operators).startingFrom(beginning::optional);
        return build(
                input,
                classes,
                parameters,
                (features, outputs, same) -> design.head().head(root, features, outputs));
    }

    @Override
    public Classifier build(Shape input, int classes, Parameters parameters, Head.Architecture head) {
        List<Problem> problems = check(input, classes);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        parameters.rename(design.current());
        Namespace root = Namespace.root(parameters, operators)
                .startingFrom((name, usual) ->
                        design.mayLack(name) ? beginning.optional(name, usual) : beginning.body(name, usual));
        Body body = design.body().body(input, root);
        requireChangeable(body);
        Head top = head.build(body.features(), classes, parameters);
        beginning.requireNothingLeft(parameters.all().keySet(), design.spare());
        return new StagedClassifier(input, classes, parameters, transform.layer(), body, top, changes);
    }

    private void requireChangeable(Body body) {
        Set<String> followed = new LinkedHashSet<>();
        body.stages().stream()
                .filter(stage -> stage.lead() == Stage.Lead.ONWARD)
                .forEach(stage -> followed.add(stage.tap().name()));
        followed.add(Tap.PENULTIMATE);
        List<Problem> problems = changes.keySet().stream()
                .filter(tap -> !followed.contains(tap))
                .map(tap -> new Problem(
                        design.name(),
                        "it goes on from no activation '" + tap + "', so a defense cannot change one",
                        "name one of: " + String.join(", ", followed)))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private List<Problem> check(Shape input, int classes) {
        List<Problem> problems = new ArrayList<>();
        int least = design.least();
        if (input.dimension() != 3) {
            problems.add(new Problem(
                    design.name(),
                    "an input of shape " + input + " is no image",
                    "use data of shape (channels, height, width)"));
        } else {
            if (Math.min(input.get(1), input.get(2)) < least) {
                problems.add(new Problem(
                        design.name(),
                        "images of " + input.get(1) + "x" + input.get(2) + " pixels are too small for its stages",
                        "use images of at least " + least + "x" + least + " pixels"));
            }
            problems.addAll(transform.check(design.name(), input.get(0)));
        }
        if (classes < 2) {
            problems.add(new Problem(
                    design.name(),
                    "there is nothing to tell apart in " + classes + " classes",
                    "use data of at least 2 classes"));
        }
        return problems;
    }
}
