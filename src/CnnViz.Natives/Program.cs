using CnnViz.Natives;

// CnnViz.Natives build|pack <package folders> <target>: called by the build, never by users.
const int ArgumentCount = 3;
if (args.Length != ArgumentCount || args[0] is not ("build" or "pack"))
{
    Console.Error.WriteLine("usage: CnnViz.Natives build|pack <folder>;<folder>... <target>");
    return 2;
}
try
{
    var packages = args[1].Split(';', StringSplitOptions.RemoveEmptyEntries);
    var layout = new NativeLayout(packages, args[2]);
    if (args[0] == "build")
        layout.FillForThisPlatform();
    else
        layout.FillForPacking();
    return 0;
}
catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine($"CnnViz.Natives: error: {failure.Message}");
    return 1;
}
