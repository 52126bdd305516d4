package org.obverse.plugins.classifiers;

import org.obverse.api.network.Tap;
import org.obverse.networks.Layer;

/** A part of a body whose output is tapped. */
record Stage(Tap tap, Layer layer) {}
