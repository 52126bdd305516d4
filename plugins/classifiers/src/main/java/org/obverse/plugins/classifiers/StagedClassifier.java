package org.obverse.plugins.classifiers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Head;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.network.Tapped;
import org.obverse.networks.Layer;

/**
 * A transform of the input, a body and a head; taps every stage, the penultimate activation, and what the head taps.
 *
 * @param changes of activations on their way, by the name of the tap
 */
record StagedClassifier(
        Shape input,
        int classes,
        Parameters parameters,
        Layer transform,
        Body body,
        Head head,
        Map<String, Tapped.Change> changes)
        implements Classifier {
    @Override
    public List<Tap> taps() {
        List<Tap> taps = new ArrayList<>();
        body.stages().forEach(stage -> taps.add(stage.tap()));
        taps.add(new Tap(Tap.PENULTIMATE, new Shape(body.features())));
        taps.addAll(head.taps());
        return List.copyOf(taps);
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        if (!images.getShape().slice(1).equals(input)) {
            throw new IllegalArgumentException(
                    "images " + images.getShape() + " do not fit a network for [N, ...] of " + input);
        }
        Map<String, NDArray> taps = new LinkedHashMap<>();
        NDArray x = transform.apply(images, pass);
        for (Stage stage : body.stages()) {
            NDArray y = stage.layer().apply(x, pass);
            taps.put(stage.tap().name(), y);
            x = stage.lead() == Stage.Lead.ONWARD ? changed(stage.tap().name(), y, pass) : x;
        }
        NDArray features = body.neck().apply(x, pass);
        taps.put(Tap.PENULTIMATE, features);
        Activations classified = head.classify(changed(Tap.PENULTIMATE, features, pass), pass);
        taps.putAll(classified.taps());
        return new Activations(classified.logits(), taps);
    }

    private NDArray changed(String tap, NDArray activation, Pass pass) {
        return changes.getOrDefault(tap, (same, any) -> same).apply(activation, pass);
    }
}
