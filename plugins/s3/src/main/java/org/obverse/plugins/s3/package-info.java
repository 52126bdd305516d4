/** What runs of several machines share, in a bucket of S3 or of a server that speaks like it. What the objects are is the engine's. */
@NullMarked
package org.obverse.plugins.s3;

import org.jspecify.annotations.NullMarked;
