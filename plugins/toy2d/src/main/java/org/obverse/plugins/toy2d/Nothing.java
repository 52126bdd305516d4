package org.obverse.plugins.toy2d;

/** The configuration of a component without keys. */
record Nothing() {}
