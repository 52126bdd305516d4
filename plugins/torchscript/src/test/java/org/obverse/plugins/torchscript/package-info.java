/** Holds TorchScript classifiers to the same networks in DJL's operators, and to what they must refuse. */
@NullMarked
package org.obverse.plugins.torchscript;

import org.jspecify.annotations.NullMarked;
