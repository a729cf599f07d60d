using System.Xml.Linq;
using CnnViz.Help;

const string Usage = """
    usage: CnnViz.Help compile|update|check ASSEMBLY PAGES [OUTPUT]

      compile  writes the pages as the help file OUTPUT
      update   writes the cmdlets' facts into the pages, and drafts of pages and parameters that are missing
      check    says where the pages differ from the cmdlets, or are not written yet; exit code 1 then
    """;

if (args is not ([("update" or "check"), _, _] or ["compile", _, _, _]))
{
    Console.Error.WriteLine(Usage);
    return 2;
}
var documentation = Path.ChangeExtension(args[1], ".xml");
var draft = new Draft(File.Exists(documentation) ? XDocument.Load(documentation) : null);
var pages = new PageFolder(args[2], CmdletReader.Read(args[1]), draft);
switch (args[0])
{
    case "compile":
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(args[3]))!);
        MamlWriter.Write(pages.Pages, draft).Save(args[3]);
        return 0;
    case "update":
        foreach (var page in pages.Update())
            Console.WriteLine(page);
        return 0;
    default:
        string[] errors = [.. pages.Check()];
        foreach (var error in errors)
            Console.Error.WriteLine(error);
        return errors.Length == 0 ? 0 : 1;
}
