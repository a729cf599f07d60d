using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;

/// <summary>A terminal for tests: runs a program in a pseudo-terminal, answers its questions, and keeps what it writes. Compiled by the tests themselves.</summary>
public static class FakeTerminal
{
    private const int ReadWrite = 2, NoControllingTerminal = 0x100;

    /// <summary>Runs a program until it ends.</summary>
    /// <param name="answer">What it gets when it asks for the device's attributes; empty for a terminal that stays silent.</param>
    /// <param name="variables">Environment variables; an empty text removes one.</param>
    /// <param name="command">The program with its arguments.</param>
    /// <returns>What it wrote.</returns>
    public static string Run(string answer, IDictionary<string, string> variables, string[] command)
    {
        var terminal = posix_openpt(ReadWrite | NoControllingTerminal);
        if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0)
            throw new IOException("There is no pseudo-terminal here.");
        var name = Marshal.PtrToStringAnsi(ptsname(terminal))!;
        // A second line to the terminal stays open, or it would be at its end before the program has begun.
        using var kept = File.OpenHandle(name, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" < \"$0\" > \"$0\" 2>&1", name, .. command]);
        foreach (var (key, value) in variables)
        {
            if (value.Length == 0)
                start.Environment.Remove(key);
            else
                start.Environment[key] = value;
        }
        using var process = Process.Start(start)!;
        var written = Task.Run(() => Talk(terminal, answer));
        process.WaitForExit();
        kept.Dispose();
        return written.GetAwaiter().GetResult();
    }

    private static string Talk(int terminal, string answer)
    {
        using var stream = new FileStream(new SafeFileHandle(terminal, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
        var written = new StringBuilder();
        var decoder = Encoding.UTF8.GetDecoder();
        var buffer = new byte[65536];
        var characters = new char[65536];
        var answered = 0;
        while (true)
        {
            int count;
            try
            {
                count = stream.Read(buffer);
            }
            catch (IOException)
            {
                // Linux says so when nobody has the terminal open any more.
                return written.ToString();
            }
            if (count == 0)
                return written.ToString();
            var part = new string(characters, 0, decoder.GetChars(buffer, 0, count, characters, 0));
            written.Append(part);
            // Where the cursor is: the progress bar wants to know.
            for (var asked = Count(part, "\u001b[6n"); asked > 0; asked--)
                stream.Write("\u001b[1;1R"u8);
            // Device attributes are asked for last.
            for (var asked = Count(written.ToString(), "\u001b[c"); answered < asked; answered++)
                stream.Write(Encoding.UTF8.GetBytes(answer));
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [DllImport("libc")]
    private static extern int posix_openpt(int flags);

    [DllImport("libc")]
    private static extern int grantpt(int terminal);

    [DllImport("libc")]
    private static extern int unlockpt(int terminal);

    [DllImport("libc")]
    private static extern IntPtr ptsname(int terminal);
}
