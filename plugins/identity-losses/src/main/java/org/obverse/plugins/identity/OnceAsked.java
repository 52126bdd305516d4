package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Tap;
import org.obverse.api.oracle.WhiteBox;

/** A model that answers for the same array from memory, so that two losses of the same images cost one question. */
final class OnceAsked implements WhiteBox {
    private final WhiteBox model;
    private Optional<NDArray> shown = Optional.empty();
    private Optional<Activations> said = Optional.empty();

    OnceAsked(WhiteBox model) {
        this.model = model;
    }

    @Override
    public Activations forward(NDArray images) {
        if (said.isEmpty() || shown.orElseThrow() != images) {
            said = Optional.of(model.forward(images));
            shown = Optional.of(images);
        }
        return said.get();
    }

    @Override
    public List<Tap> taps() {
        return model.taps();
    }

    @Override
    public NDArray logits(NDArray images) {
        return model.logits(images);
    }

    @Override
    public NDArray logScores(NDArray images) {
        return model.logScores(images);
    }

    @Override
    public NDArray labels(NDArray images) {
        return model.labels(images);
    }

    @Override
    public Shape input() {
        return model.input();
    }

    @Override
    public int classes() {
        return model.classes();
    }
}
