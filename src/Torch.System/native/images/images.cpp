// Pictures through libvips: bytes to samples and samples to bytes. Every function may be called from any thread.
// What is handed out (samples, bytes, error text) is the caller's, who gives it back to cnnviz_image_free.
#include <vips/vips.h>

#include <cstdint>
#include <cstring>
#include <mutex>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

// The numbers that the managed side reads as a result.
enum Result { Done = 0, Unreadable = 1, TooLarge = 2, NotWritten = 3 };

struct Picture {
  int32_t width;
  int32_t height;
  int32_t channels;
  int32_t bits;
  void* samples;
  uint64_t length;
};

// Holds a reference to an image and lets it go at the end of the scope.
class Image {
 public:
  explicit Image(VipsImage* image = nullptr) : image_(image) {}
  ~Image() { VIPS_UNREF(image_); }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;
  operator VipsImage*() const { return image_; }
  explicit operator bool() const { return image_ != nullptr; }
  // An operation's output: where it worked, it takes the place of what was held.
  template <typename Operation>
  bool apply(Operation operation) {
    VipsImage* output = nullptr;
    if (operation(image_, &output) != 0) {
      VIPS_UNREF(output);
      return false;
    }
    VIPS_UNREF(image_);
    image_ = output;
    return true;
  }

 private:
  VipsImage* image_;
};

// libvips keeps one error log for all threads: two failures at the same moment may share their text.
int fail(Result result, char** error) {
  *error = vips_error_buffer_copy();
  return result;
}

bool start(char** error) {
  static std::once_flag once;
  static bool started = false;
  std::call_once(once, [] {
    // Warnings about odd files would be printed into the user's terminal.
    g_log_set_handler("VIPS", static_cast<GLogLevelFlags>(G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG),
                      [](const gchar*, GLogLevelFlags, const gchar*, gpointer) {}, nullptr);
    started = VIPS_INIT("cnnviz") == 0;
    // The operation cache would keep decoded pictures, and threads would contend with libtorch's.
    vips_cache_set_max(0);
    vips_concurrency_set(1);
  });
  if (!started) *error = vips_error_buffer_copy();
  return started;
}

VipsImage* open(const void* data, size_t length, const char* format) {
  using Loader = int (*)(void*, size_t, VipsImage**, ...);
  static const struct {
    const char* format;
    Loader load;
  } loaders[] = {{"png", vips_pngload_buffer}, {"jpeg", vips_jpegload_buffer}, {"webp", vips_webpload_buffer},
                 {"gif", vips_gifload_buffer}, {"tiff", vips_tiffload_buffer}, {"bmp", vips_magickload_buffer}};
  VipsImage* image = nullptr;
  for (const auto& loader : loaders) {
    if (strcmp(loader.format, format) == 0 &&
        loader.load(const_cast<void*>(data), length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, nullptr) != 0)
      VIPS_UNREF(image);
  }
  return image;
}

bool is_grey(VipsImage* image) { return vips_image_get_bands(image) < 3; }

// CMYK goes through its profile. RGB samples stay as they stand, whatever profile is embedded: so Pillow reads them, and so the
// networks were trained.
bool to_rgb_or_grey(Image& image) {
  if (is_grey(image)) return true;
  const VipsInterpretation found = vips_image_guess_interpretation(image);
  if (found == VIPS_INTERPRETATION_sRGB || found == VIPS_INTERPRETATION_RGB || found == VIPS_INTERPRETATION_RGB16) return true;
  const bool deep = vips_image_get_format(image) == VIPS_FORMAT_USHORT;
  return image.apply([deep](VipsImage* in, VipsImage** out) {
    return vips_colourspace(in, out, deep ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB, nullptr);
  });
}

bool make_upright(Image& image) {
  if (vips_image_get_orientation(image) <= 1) return true;
  // Turning reads the rows in another order than the file gives them.
  return image.apply([](VipsImage* in, VipsImage** out) { return (*out = vips_image_copy_memory(in)) == nullptr; }) &&
         image.apply([](VipsImage* in, VipsImage** out) { return vips_autorot(in, out, nullptr); });
}

}  // namespace

EXPORT const char* cnnviz_vips_version() { return vips_version_string(); }

EXPORT void cnnviz_image_free(void* memory) { g_free(memory); }

// Decodes the first page of a png, jpeg, webp, gif, tiff or bmp. The pixels are counted from the header, before any is decoded.
EXPORT int cnnviz_image_decode(const void* data, size_t length, const char* format, int64_t maximum_pixels, Picture* picture, char** error) {
  if (!start(error)) return Unreadable;
  Image image(open(data, length, format));
  if (!image) return fail(Unreadable, error);
  picture->width = vips_image_get_width(image);
  picture->height = vips_image_get_height(image);
  if (static_cast<int64_t>(picture->width) * picture->height > maximum_pixels) return TooLarge;
  if (!make_upright(image) || !to_rgb_or_grey(image)) return fail(Unreadable, error);

  const VipsBandFormat samples = vips_image_get_format(image);
  if ((samples != VIPS_FORMAT_UCHAR && samples != VIPS_FORMAT_USHORT) || vips_image_get_bands(image) > 4) {
    vips_error("cnnviz", "%d bands of %s; expected 1 to 4 bands of 8 or 16 bits", vips_image_get_bands(image),
               vips_enum_nick(VIPS_TYPE_BAND_FORMAT, samples));
    return fail(Unreadable, error);
  }
  size_t written = 0;
  picture->samples = vips_image_write_to_memory(image, &written);
  if (!picture->samples) return fail(Unreadable, error);
  picture->width = vips_image_get_width(image);
  picture->height = vips_image_get_height(image);
  picture->channels = vips_image_get_bands(image);
  picture->bits = samples == VIPS_FORMAT_UCHAR ? 8 : 16;
  picture->length = written;
  return Done;
}

// Encodes frames of 8-bit grey or RGB samples, one under the other in memory; delays in milliseconds, one a frame.
EXPORT int cnnviz_image_encode(const void* samples, int width, int height, int channels, int frames, const int32_t* delays,
                               const char* format, int quality, void** bytes, uint64_t* length, char** error) {
  if (!start(error)) return NotWritten;
  const size_t size = static_cast<size_t>(width) * height * channels * frames;
  Image image(vips_image_new_from_memory(samples, size, width, height * frames, channels, VIPS_FORMAT_UCHAR));
  const VipsInterpretation space = channels == 1 ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB;
  if (!image || !image.apply([space](VipsImage* in, VipsImage** out) { return vips_copy(in, out, "interpretation", space, nullptr); }))
    return fail(NotWritten, error);
  if (frames > 1) {
    vips_image_set_int(image, VIPS_META_PAGE_HEIGHT, height);
    vips_image_set_array_int(image, "delay", delays, frames);
    vips_image_set_int(image, "loop", 0);
  }
  size_t written = 0;
  int failed;
  if (strcmp(format, "png") == 0)
    failed = vips_pngsave_buffer(image, bytes, &written, "strip", TRUE, nullptr);
  else if (strcmp(format, "jpeg") == 0)
    failed = vips_jpegsave_buffer(image, bytes, &written, "Q", quality, "optimize_coding", TRUE, "strip", TRUE, nullptr);
  else if (strcmp(format, "webp") == 0)
    failed = vips_webpsave_buffer(image, bytes, &written, "Q", quality, "lossless", quality == 100, "strip", TRUE, nullptr);
  else
    failed = vips_gifsave_buffer(image, bytes, &written, nullptr);
  *length = written;
  return failed ? fail(NotWritten, error) : Done;
}
