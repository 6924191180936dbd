namespace DoorAgent.Tests.Models;

/// <summary>Tests what of src/DoorAgent/BuiltIn is part of the program.</summary>
public sealed class BuiltInFolderTests
{
    [Fact]
    public void TheRecipeOfTheNetworksIsNotPartOfTheProgram()
    {
        string builtIn = Path.Combine(AppContext.BaseDirectory, "builtin");
        string[] files = [.. Directory.GetFiles(builtIn, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(builtIn, file))];
        Assert.Equal(["models", "people", "proof", "scenarios"], files.Select(file => file.Split('/')[0]).Distinct().Order(StringComparer.Ordinal));
    }
}
