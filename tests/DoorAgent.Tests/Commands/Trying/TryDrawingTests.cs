using CsCheck;
using DoorAgent.Commands.Trying;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Commands.Trying;

public sealed class TryDrawingTests
{
    [Theory]
    [InlineData(AccessMode.BadgeAndFace, "face      waits for a badge\n")]
    [InlineData(AccessMode.FaceOnly, "face      waits for a face\n")]
    [InlineData(AccessMode.BadgeOrFace, "face      waits for a badge or a face\n")]
    internal void WhatTheDoorWaitsForIsItsModes(AccessMode mode, string words) =>
        Assert.Contains(words, (SomeTrial.Played with { Mode = mode }).Draw(), StringComparison.Ordinal);

    [Fact]
    public void APersonStandsAtALockedDoor() => AssertDrawn("""
          DoorAgent   a simulated door: the decisions are real, the lock is not
            ┌───────────────┐
            │ ┌───────────┐ │   ╭─────╮   door      closed and locked
            │ │           │ │   │ (o) │   relay     off
            │ │           │ │   │     │   camera    adam stands there
            │ │           │ │   │ · · │   face      waits for a badge
            │ │         ● │ │   │     │
            │ │           │ │   ╰─────╯
            │ │           │ │
          ──┴─┴───────────┴─┴──









          camera   [1] adam  [2] nora  [3] stranger  [0] nobody  [l] light  [c] cable
          badge    [a] adam  [n] nora  [s] stranger  [b] type one
          door     [o] open it  [e] exit button  [q] leave
        """, SomeTrial.Played with { InFrontOfCamera = TrialPeople.Enrolled[0] });

    [Fact]
    public void AGrantUnlocksForTheTimeShown() => AssertDrawn("""
          DoorAgent   a simulated door: the decisions are real, the lock is not
            ┌───────────────┐
            │ ┌───────────┐ │   ╭─────╮   door      UNLOCKED, push it open (o)
            │ │           │ │   │ (o) │   relay     on, 3 s left
            │ │           │ │   │     │   camera    webcam 0
            │ │           │ │   │ ● · │ ♪ face      waits for a badge
            │ │         ○ │ │   │     │   decision  adam: let in
            │ │           │ │   ╰─────╯   distance  0.500, must be below 0.883
            │ │           │ │                       [==========.......|............]
          ──┴─┴───────────┴─┴──

          07:55:00  Looking for adam with H10301 ...67
          07:55:00  Granted: adam with H10301 ...67, distance 0.500 below 0.883






          badge    [y] Ada  [a] adam  [n] nora  [s] stranger  [b] type one
          door     [o] open it  [e] exit button  [q] leave
          badge number: H10_   Enter shows it, Esc does not
        """, SomeTrial.Yours.After(DoorEventKind.AttemptOpened).After(DoorEventKind.Granted, distance: 0.5f, ends: true)
            .On(DoorPart.Relay, DoorPart.Green, DoorPart.Buzzer) with { Typed = "H10" }, secondsLater: 2.5);

    [Fact]
    public void AForcedDoorRaisesAnAlarm() => AssertDrawn("""
          DoorAgent   a simulated door: the decisions are real, the lock is not
            ┌───────────────┐
            │ ┌╲──────────┐ │   ╭─────╮   door      FORCED open
            │ │ ╲         │ │   │ (x) │   relay     off
            │ │ │░░░░░░░░░│ │   │     │   camera    dark, the light is off (l)
            │ │ │░░░░░░░░░│ │   │ · ● │   face      waits for a badge
            │ │●│░░░░░░░░░│ │   │     │   decision  adam: FaceNotMatched
            │ │ │░░░░░░░░░│ │   ╰─────╯   distance  1.012, must be below 0.883
            │ │ ╱         │ │                       [=================|==..........]
          ──┴─┴╱──────────┴─┴──           ALARM     DOOR FORCED. Check the door

          07:55:00  Looking for adam with H10301 ...67
          07:55:00  Denied FaceNotMatched, adam with H10301 ...67: the face is not
                    that of the badge's owner, distance 1.012, must be below 0.883. If
                    it was the owner: add pictures with 'dooragent people pictures
                    adam --images DIR'
          07:55:00  DOOR FORCED. Check the door


          camera   [1] adam  [2] nora  [3] stranger  [0] nobody  [l] light  [c] cable
          badge    [a] adam  [n] nora  [s] stranger  [b] type one
          door     [o] close it  [e] exit button  [q] leave
          no such key
        """, SomeTrial.Played.After(DoorEventKind.AttemptOpened)
            .After(DoorEventKind.Denied, DenyReason.FaceNotMatched, 1.012f, ends: true).After(DoorEventKind.DoorForced)
            .On(DoorPart.Leaf, DoorPart.Red) with { IsDark = true, Note = "no such key" });

    [Fact]
    public void EveryStateFitsATerminal()
    {
        Gen<Func<TryState, TryState>> anything = Gen.OneOf(
            Gen.Select(Gen.Enum<DoorEventKind>(), Gen.Enum<DenyReason>(), Gen.Float[0, 2], Gen.String)
                .Select((kind, reason, distance, detail) => (Func<TryState, TryState>)(state =>
                state.After(SomeTrial.Event(kind, detail, kind == DoorEventKind.Denied ? reason : null, distance, detail), SomeTrial.Now))),
            Gen.Select(Gen.Enum<DoorPart>(), Gen.Bool)
                .Select((part, isOn) => (Func<TryState, TryState>)(state => state.After(part, isOn, SomeTrial.Now))),
            Gen.Bool.Select(isDark => (Func<TryState, TryState>)(state => state with { IsDark = isDark, Note = new string('x', 200) })));
        anything.List[0, 30].Sample(changes => Assert.All([SomeTrial.Played, SomeTrial.Yours], first =>
        {
            IReadOnlyList<StyledLine> lines = TryDrawing.Draw(changes.Aggregate(first, (state, change) => change(state)), SomeTrial.Now);
            Assert.InRange(lines.Count, 22, 23);
            Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
            Assert.All(lines, line => Assert.DoesNotContain('\n', line.ToString()));
        }), iter: 300);
    }

    [Fact]
    public void ALongAnswerIsWrapped()
    {
        string drawn = (SomeTrial.Played with { Note = $"{new string('a', 60)} {new string('b', 60)} {new string('c', 60)}" }).Draw();
        Assert.EndsWith($"\n  {new string('a', 60)}\n  {new string('b', 60)}\n  {new string('c', 60)}", drawn, StringComparison.Ordinal);
        Assert.Equal(23, drawn.Split('\n').Length);
    }

    [Fact]
    public void TheCamerasViewIsWrappedBesideTheDoor()
    {
        TryState state = SomeTrial.Played.After(
            DoorEventKind.AttemptOpened) with { Face = "the face is too small: come nearer to the camera, please" };
        Assert.Contains("face      the face is too small: come nearer\n", state.Draw(), StringComparison.Ordinal);
        Assert.Contains("          to the camera, please\n", state.Draw(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(23, 23)]
    [InlineData(40, 23)]
    [InlineData(18, 18)]
    [InlineData(16, 16)]
    [InlineData(5, 16)]
    public void ASmallTerminalShowsFewerEventsAndStillTheKeys(int height, int lines)
    {
        IReadOnlyList<StyledLine> drawn = TryDrawing.Draw(SomeTrial.Played.After(DoorEventKind.AttemptOpened), SomeTrial.Now, height);
        Assert.Equal(lines, drawn.Count);
        Assert.StartsWith("  door ", drawn[^2].ToString(), StringComparison.Ordinal);
        Assert.Equal("  Door", drawn[0].Cut(6).ToString());
    }

    [Theory]
    [InlineData(80, 24, null)]
    [InlineData(78, 23, null)]
    [InlineData(40, 24, "This terminal has 40 x 24 characters, and the picture needs at least 78 x 17")]
    [InlineData(80, 17, null)]
    [InlineData(80, 16, "This terminal has 80 x 16 characters")]
    public void ATerminalThatIsTooSmallGetsAMessage(int columns, int lines, string? words)
    {
        string? said = TryDrawing.Misfit(columns, lines);
        Assert.Equal(words is null, said is null);
        Assert.StartsWith(words ?? "", said ?? "", StringComparison.Ordinal);
    }

    private static void AssertDrawn(string expected, TryState state, double secondsLater = 0) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), state.Draw(secondsLater));
}
