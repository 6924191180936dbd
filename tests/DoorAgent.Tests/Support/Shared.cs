namespace DoorAgent.Tests.Support;

/// <summary>Test data beside the repository.</summary>
internal static class Shared
{
    /// <summary>The folder, from DOORAGENT_SHARED or found by walking up; null if no folder is found.</summary>
    public static string? Root { get; } = Environment.GetEnvironmentVariable("DOORAGENT_SHARED") ?? Find();

    /// <summary>The absolute path of a file or folder in it; skips the test if the file is missing.</summary>
    public static string Need(string relative)
    {
        string path = Path.Combine(Root ?? "", relative);
        if (Root is null || !Path.Exists(path))
            Assert.Skip($"needs shared/{relative}: set DOORAGENT_SHARED or put the folder shared beside the repository");
        return path;
    }

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string shared = Path.Combine(folder.FullName, "shared");
            if (File.Exists(Path.Combine(shared, "design.md")))
                return shared;
        }

        return null;
    }
}
