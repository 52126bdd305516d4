package org.obverse.api.network;

/**
 * What the configuration of a classifier component implements if it names a finished network, architecture and weights in
 * one file, such as a TorchScript program.
 *
 * <p>A finished network asks its {@link Parameters} for nothing. A plan neither trains it nor gives it a weights file; of
 * the defenses only output filters apply to it; another component cannot name it as a part that it trains. It may be
 * opaque and offer no {@linkplain Classifier#taps taps}: whatever reads activations of it is refused before the run.
 */
public interface Finished {}
