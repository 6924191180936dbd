using System.Text.RegularExpressions;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests;

/// <summary>Tests that every link in README, the guide and the developers' page has a target.</summary>
public sealed partial class GuideTests
{
    private const int MostLinesOfReadme = 200;

    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "guide");

    public static TheoryData<string> Pages =>
    [
        "README.md", "deploy/README.md", "src/README.md",
        .. Directory.EnumerateFiles(Folder, "*.md")
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryLinkLeadsToAFileAndAHeading(string page) => AssertLinks(Path.Combine(Repository.Root, page));

    [Fact]
    public void LinksAreAlsoValidInThePackage()
    {
        using TempFolder package = new();
        (int code, string said) = Script.Run("bash", ["deploy/documents.sh", package.Path]);
        Assert.True(code == 0, said);
        string[] pages = Directory.GetFiles(package.Path, "*.md", SearchOption.AllDirectories);
        Assert.Equal(Directory.GetFiles(Folder, "*.md").Length + 2, pages.Length);
        Assert.All(pages, AssertLinks);
    }

    [Fact]
    public void ReadmeIsShortAndNamesEveryPageOfTheGuide()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "README.md"));
        Assert.InRange(lines.Length, 1, MostLinesOfReadme);
        Assert.All(Directory.EnumerateFiles(Folder, "*.md"), page =>
            Assert.Contains(lines, line =>
                line.StartsWith($"| [{Path.GetFileNameWithoutExtension(page)}](deploy/guide/{Path.GetFileName(page)}) |",
                StringComparison.Ordinal)));
    }

    /// <summary>The page on security says which test shows a drill.</summary>
    [Fact]
    public void EveryTestThatThePageOnSecurityNamesExists()
    {
        string[] named = [.. TestClass().Matches(File.ReadAllText(Path.Combine(Folder, "security.md"))).Select(name => name.Value)];
        Assert.InRange(named.Length, 20, 100);
        HashSet<string> known = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))];
        Assert.All(named, name => Assert.Contains(name, known));
    }

    [Theory]
    [InlineData("[a](nowhere.md)")]
    [InlineData("[a](#nowhere)")]
    [InlineData("![a](nowhere.svg)")]
    [InlineData("[a](other.md#nowhere)")]
    [InlineData("[a](other.md#in-code)")]
    public void ABrokenLinkIsDetected(string link)
    {
        using TempFolder folder = new();
        folder.Write("other.md", "# Here\n\n```\n# In code\n```\n");
        string page = folder.Write("page.md", $"# A page\n\nText, and {link} in it.\n");
        Assert.NotEmpty(BrokenLinks(page));
    }

    private static void AssertLinks(string page)
    {
        Assert.NotEmpty(Headings(page));
        Assert.True(BrokenLinks(page) is [], $"{page}: {string.Join(", ", BrokenLinks(page))}");
    }

    private static string[] BrokenLinks(string page) =>
        [.. LinkTo().Matches(Code().Replace(File.ReadAllText(page), "")).Select(link => link.Groups["to"].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal) && !LeadsSomewhere(page, target))];

    private static bool LeadsSomewhere(string page, string target)
    {
        string[] parts = target.Split('#', 2);
        string file = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return parts is [_, var anchor] ? File.Exists(file) && Headings(file).Contains(anchor) : Path.Exists(file);
    }

    /// <summary>The anchors of a page: its headings in small letters, blanks as hyphens, without other punctuation.</summary>
    private static string[] Headings(string page) => [.. HeadingOf().Matches(Code().Replace(File.ReadAllText(page), ""))
        .Select(heading => Unspoken().Replace(heading.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\[[^\]]+\]\((?<to>[^)\s]+)\)")]
    private static partial Regex LinkTo();

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9]+Tests\b")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingOf();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Unspoken();

    [GeneratedRegex(@"^```.*?^```|^ {4}.*?$|`[^`\n]+`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
