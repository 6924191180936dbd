namespace DoorAgent.Tests.Support;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder with DoorAgent.sln, found by walking up.</summary>
    public static string Root { get; } = Find();

    /// <summary>The text of a page of the guide (deploy/guide).</summary>
    public static string Guide(string page) => File.ReadAllText(Path.Combine(Root, "deploy", "guide", page));

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DoorAgent.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie below DoorAgent.sln.");
    }
}
