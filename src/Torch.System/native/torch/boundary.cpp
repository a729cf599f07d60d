#include "boundary.h"

namespace {
thread_local std::string error_text;
}

void cnnviz::set_error(const std::string& text) { error_text = text; }

// The last error of this thread, UTF-8, valid until its next call.
CNNVIZ_EXPORT const char* cnnviz_error() { return error_text.c_str(); }
