using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Simulation;

/// <summary>Scenario files by path or built-in name, and the roots of their pictures.</summary>
internal static class ScenarioFiles
{
    private const string Ending = ".door";

    private static string BuiltIn => Path.Combine(Places.BuiltIn, "scenarios");

    /// <summary>The built-in scenarios.</summary>
    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(BuiltIn, "*" + Ending).Select(Path.GetFileNameWithoutExtension).OfType<string>().Order();

    /// <summary>The file of that path, or of that built-in name.</summary>
    /// <exception cref="UserErrorException">There is neither, or this user may not look.</exception>
    public static string Find(string what)
    {
        string builtIn = Path.Combine(BuiltIn, what + Ending);
        if (File.Exists(what))
            return what;
        if (!what.Contains('/', StringComparison.Ordinal) && File.Exists(builtIn))
            return builtIn;
        _ = Permission.IsReadable(what);
        throw new UserErrorException($"There is no scenario {what}: neither a file nor a built-in one.{DidYouMean.Hint(what, [.. Names])}");
    }

    /// <summary>The built-in root and those given as NAME=DIR.</summary>
    /// <exception cref="UserErrorException">One is not of that form, or its directory is not there.</exception>
    public static IReadOnlyDictionary<string, string> Roots(IEnumerable<string> given)
    {
        Dictionary<string, string> roots = new() { ["builtin"] = Places.BuiltInPeople };
        foreach (string root in given)
        {
            string[] parts = root.Split('=', 2);
            if (parts.Length != 2 || parts[0].Length == 0 || !Directory.Exists(parts[1]))
                throw new UserErrorException($"'{root}' names no root: write NAME=DIR with a directory that "
                    + "exists, such as --root seed=faces/seed.");
            roots[parts[0]] = Path.GetFullPath(parts[1]);
        }

        return roots;
    }
}
