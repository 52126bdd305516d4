package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Head;
import org.obverse.api.network.Headed;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Operators;
import org.obverse.networks.Namespace;

/**
 * Bodies of stages under a linear head or another one.
 *
 * @param name of the component, for messages
 * @param least the smallest height and width of an image, in pixels
 */
record StagedArchitecture(String name, int least, Operators operators, Design design) implements Headed {
    /** Makes a body for maps of a shape that has been checked. */
    interface Design {
        Body body(Shape input, Namespace root);
    }

    @Override
    public Classifier build(Shape input, int classes, Parameters parameters) {
        return build(input, classes, parameters, LinearHead.architecture(operators));
    }

    @Override
    public Classifier build(Shape input, int classes, Parameters parameters, Head.Architecture head) {
        List<Problem> problems = check(input, classes);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        Body body = design.body(input, Namespace.root(parameters, operators));
        return new StagedClassifier(input, classes, parameters, body, head.build(body.features(), classes, parameters));
    }

    private List<Problem> check(Shape input, int classes) {
        List<Problem> problems = new ArrayList<>();
        if (input.dimension() != 3) {
            problems.add(new Problem(
                    name,
                    "an input of shape " + input + " is no image",
                    "use data of shape (channels, height, width)"));
        } else if (Math.min(input.get(1), input.get(2)) < least) {
            problems.add(new Problem(
                    name,
                    "images of " + input.get(1) + "x" + input.get(2) + " pixels are too small for its stages",
                    "use images of at least " + least + "x" + least + " pixels"));
        }
        if (classes < 2) {
            problems.add(new Problem(
                    name,
                    "there is nothing to tell apart in " + classes + " classes",
                    "use data of at least 2 classes"));
        }
        return problems;
    }
}
