#!/usr/bin/env bash
# TwelveMonkeys imageio-webp 3.14.0 (Java) reads a lossless WebP that libwebp's quickest method wrote, and
# gives alpha 255 to pixels whose alpha is 0.
#
# The picture: one colour, 90 x 70, alpha rising from 0 in the first column to 255 in the last; written by
# Pillow 12.0.0 (lossless, method 0). Seen: all 70 pixels of the first column are opaque, every other pixel
# is right. Pillow, which reads by libwebp, gives what was written. Files of methods 1 to 6 are read rightly.
#
# Needs bash, python3 with venv, a JDK 17 and mvn. Fails where anything else is seen.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip -q install pillow==12.0.0 numpy==2.3.4
cat > pom.xml <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.twelvemonkeys.imageio</groupId>
      <artifactId>imageio-webp</artifactId>
      <version>3.14.0</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib > maven.log || { cat maven.log >&2; exit 1; }

cat > write.py <<'PY'
import numpy as np
from PIL import Image

picture = np.empty((70, 90, 4), np.uint8)
picture[..., :3] = (87, 82, 124)
picture[..., 3] = np.linspace(0, 255, 90).astype(np.uint8)
for method in range(7):
    name = f"method{method}"
    Image.fromarray(picture, "RGBA").save(f"{name}.webp", lossless=True, method=method)
    alpha = np.asarray(Image.open(f"{name}.webp").convert("RGBA"))[..., 3]
    assert (alpha == picture[..., 3]).all(), f"libwebp itself changed the alpha of {name}"
PY
venv/bin/python -W ignore write.py

cat > Read.java <<'JAVA'
import java.io.File;
import javax.imageio.ImageIO;

public class Read {
  public static void main(String[] files) throws Exception {
    for (String file : files) {
      var image = ImageIO.read(new File(file));
      int wrong = 0;
      int wrongElsewhere = 0;
      for (int y = 0; y < 70; y++) {
        for (int x = 0; x < 90; x++) {
          int written = (int) (255.0 * x / 89);
          if (image.getRGB(x, y) >>> 24 != written) {
            wrong++;
            if (x > 0) wrongElsewhere++;
          }
        }
      }
      System.out.println(file + " " + wrong + " " + wrongElsewhere);
    }
  }
}
JAVA
java -cp "lib/*" Read.java method{0,1,2,3,4,5,6}.webp | tee seen

cat > expected <<'TXT'
method0.webp 70 0
method1.webp 0 0
method2.webp 0 0
method3.webp 0 0
method4.webp 0 0
method5.webp 0 0
method6.webp 0 0
TXT
diff expected seen && echo "seen as stated: alpha 0 became 255 in 70 of 6,300 pixels of method 0"
