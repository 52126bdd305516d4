package org.obverse.plugins.slurm;

import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Order;

/** Who asked for an order, and hears of it. */
record Ear(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {}
