// Which libtorch this library was built against; reading it needs no call into libtorch.
extern "C" __attribute__((visibility("default"))) const char* cnnviz_torch_version() { return CNNVIZ_TORCH_VERSION; }
extern "C" __attribute__((visibility("default"))) const char* cnnviz_torch_directory() { return CNNVIZ_TORCH_DIRECTORY; }
