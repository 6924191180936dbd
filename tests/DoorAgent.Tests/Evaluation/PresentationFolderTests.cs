using DoorAgent.Evaluation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

public sealed class PresentationFolderTests : IDisposable
{
    private readonly TempFolder _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void StillsClipsVideosAndFurtherClassesAreFound()
    {
        Put("live/anna-001.jpg", "print/x.png", "silicone/1.jpg", "live/walk/01.jpg", "live/walk/02.jpg", "clips/replay/bob/01.jpg",
            "replay/film.avi", ".hidden/1.jpg", "readme.txt", "live/notes.txt");
        Presentation[] found = [.. PresentationFolder.Open(_set.Path).Presentations];
        Assert.Equal(
            ["live/anna-001.jpg still anna 1", "live/walk clip walk 2", "print/x.png still x 1", "replay/film.avi clip film 1",
                "silicone/1.jpg still 1 1", "clips/replay/bob clip bob 1"],
            found.Select(one => $"{one.Name} {(one.IsClip ? "clip" : "still")} {one.Group} {one.Files.Count}"));
        Assert.Equal("replay", found[^1].Class);
        Assert.True(found[0].IsLive);
    }

    [Fact]
    public void TheIndexGivesGroupMediumAndStretchedStills()
    {
        Put("live/1.jpg", "print/1.jpg", "print/2.jpg", "print/3.jpg", "print/4.jpg", "clips/live/c1/01.jpg");
        _set.Write("index.tsv", "class\tfile\tmedium\tgroup\tstretched\tkind\tsource\r\nprint\tprint/1.jpg\tphoto\tg1\tyes\tframe\ta\n"
            + "print\tprint/2.jpg\tphoto\tg1\tno\tframe\ta\n\nprint\tprint/3.jpg\tphoto\tg2\t\tstretched frame\ta\n"
            + "print\tprint/4.jpg\t\t\t\t\tMANY/faces\nlive\tclips/live/c1/01.jpg\t\td7\n");
        Presentation[] found = [.. PresentationFolder.Open(_set.Path, "many/F").Presentations];
        Assert.Equal(["1  False", "g1 photo True", "g1 photo False", "g2 photo True", "4  True", "d7  False"],
            found.Select(one => $"{one.Group} {one.Medium} {one.IsStretched}"));
    }

    [Fact]
    public void WhatIsMissingIsSaid()
    {
        Put("print/1.jpg");
        Directory.CreateDirectory(_set.File("mask"));
        _set.Write("index.tsv", "file\nprint/1.jpg\nprint/9.jpg\n");
        Assert.Equal(
            ["mask/ has no picture.", "There is no live picture: nothing is said about refused people (BPCER).",
                "index.tsv names files that are not there: 1."],
            PresentationFolder.Open(_set.Path).Notes);
        Directory.Delete(_set.File("print"), recursive: true);
        Assert.Contains("There is no picture in the folders of", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatCannotBeUsedIsRefusedWithTheReason()
    {
        Assert.Contains("does not exist. Name a folder that has a folder for each class (live, print, replay, mask)",
            Assert.Throws<UserErrorException>(() => PresentationFolder.Open(_set.File("none"))).Message, StringComparison.Ordinal);
        Put("live/1.jpg");
        _set.Write("index.tsv", "name\tgroup\n1.jpg\ta\n");
        Assert.Contains("has no column named 'file'", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void AppendedLinesKeepTheColumnsOfTheIndex()
    {
        PresentationIndex.Append(_set.Path, SomeResults.Still("live", "a-001.jpg", "a"));
        Assert.Equal("file\tclass\tmedium\tgroup\tstretched\nlive/a-001.jpg\tlive\t\ta\tno\n", File.ReadAllText(_set.File("index.tsv")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_set.File("index.tsv")));
        _set.Write("index.tsv", "group\tsession\tfile\nb\t1\tlive/b.jpg");
        PresentationIndex.Append(_set.Path, SomeResults.Still("live", "a-001.jpg", "a"));
        Assert.Equal("group\tsession\tfile\nb\t1\tlive/b.jpg\na\t\tlive/a-001.jpg\n", File.ReadAllText(_set.File("index.tsv")));
    }

    private string Refusal() => Assert.Throws<UserErrorException>(() => PresentationFolder.Open(_set.Path)).Message;

    private void Put(params string[] files)
    {
        foreach (string file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_set.File(file))!);
            _set.Write(file, "not opened");
        }
    }
}
