using System.Diagnostics;

namespace DoorAgent.Faults;

/// <summary>Compiles disk.c, which is preloaded into the program.</summary>
internal static class FaultLibrary
{
    private static readonly Lazy<string?> Compiled = new(Compile);

    /// <summary>The path of the library; null where there is no gcc.</summary>
    public static string? Path => Compiled.Value;

    private static string? Compile()
    {
        string source = System.IO.Path.Combine(AppContext.BaseDirectory, "disk.c"), library = System.IO.Path.ChangeExtension(source, ".so");
        // Another series may run, with the library that is there.
        string made = $"{library}.{Environment.ProcessId}";
        try
        {
            using Process gcc = Process.Start("gcc", ["-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC", "-o", made, source]);
            gcc.WaitForExit();
            if (gcc.ExitCode != 0)
                throw new InvalidOperationException($"gcc could not compile {source}");
            File.Move(made, library, overwrite: true);
            return library;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
