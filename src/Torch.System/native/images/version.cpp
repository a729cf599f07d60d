#include <vips/vips.h>

// The version of libvips in use, such as "8.14.1".
extern "C" __attribute__((visibility("default"))) const char* cnnviz_vips_version() { return vips_version_string(); }
