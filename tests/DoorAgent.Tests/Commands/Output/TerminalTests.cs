using DoorAgent.Commands.Output;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;
using Spectre.Console;

namespace DoorAgent.Tests.Commands.Output;

/// <summary>Text that others wrote never controls the terminal, however the program prints this text.</summary>
[Collection(nameof(WholeConsole))]
public sealed class TerminalTests : IDisposable
{
    private const string Commanding = "a\u001b[2J\u001b]0;title\a\r\u009b1m\u202eb";
    private const string Harmless = "a?[2J?]0;title???1m?b";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Commanding, Harmless)]
    [InlineData("two\nlines\tand Zoë, 天 and 🚪", "two\nlines\tand Zoë, 天 and 🚪")]
    [InlineData("", "")]
    public void OnlyLineEndsAndTabsReachTheTerminal(string text, string printed)
    {
        Assert.Equal(printed, Printable.Of(text));
        using StringWriter whole = new(), single = new();
        using PrintableWriter asWhole = new(whole), asSingle = new(single);
        asWhole.Write(text);
        foreach (char letter in text)
            asSingle.Write(letter);
        Assert.Equal((printed, printed), (whole.ToString(), single.ToString()));
    }

    [Fact]
    public async Task TextQuotedByAnErrorIsPrintable()
    {
        using WholeConsole console = new();
        Assert.Equal(2, await Program.Main(["people", "import", _folder.File(Commanding), "--data", _folder.Path]));
        Assert.Contains(Harmless, console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ATableIsPrintableAndKeepsItsOwnColours()
    {
        using StringWriter output = new();
        using (WholeConsole console = new())
        {
            AnsiConsole.Console = AnsiConsole.Create(
                new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard,
                    Out = new AnsiConsoleOutput(output) });
            using Terminal terminal = new();
            AnsiConsole.Write(new Table().AddColumn("[red]name[/]").AddRow(Markup.Escape("a\u001b[2Jb")));
        }

        Assert.Contains("a?[2Jb", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\u001b[91mname", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGalleryWrittenByAnotherProgramIsListedPrintably()
    {
        using (MadeListed(_folder.File("gallery.db")))
        {
            using WholeConsole console = new();
            Assert.Equal(0, await Program.Main(["people", "list", "--data", _folder.Path]));
            Assert.Contains("?[2J", console.Out, StringComparison.Ordinal);
        }
    }

    private static SqliteConnection MadeListed(string path)
    {
        SqliteConnection gallery = DoorAgent.Galleries.GalleryDatabase.OpenToWrite(path);
        Sqlite.Run(gallery, "INSERT INTO person (name, name_key, added) VALUES ('anna', 'ANNA', char(27) || '[2J')");
        return gallery;
    }
}
