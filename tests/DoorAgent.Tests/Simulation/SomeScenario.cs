using CsCheck;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Doors;
using DoorAgent.Matching;
using DoorAgent.Modes;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Simulation;

/// <summary>Generates scenarios with awkward names, times and numbers that a file can express.</summary>
internal static class SomeScenario
{
    public static Gen<Scenario> Any { get; } =
        from names in Name.HashSet[1, 4]
        from start in Start
        from settings in Settings
        from badges in Gen.Null(AnyBadge).List[names.Count]
        from globs in Glob.List[names.Count]
        from hours in Gen.Select(Gen.Null(ScheduleWord), Gen.Nullable(AnyDate)).List[names.Count]
        from pins in Pins.List[names.Count]
        from steps in Gen.Select(Gen.Long[0, 30_000_000_000], Action([.. names]), Expectations([.. names])).List[0, 8]
        from end in Gen.Bool
        select Build(start, settings, [.. names.Zip(badges,
            globs).Select(each =>
            new EnrolLine(each.First, each.Second, each.Third)).Zip(hours, WithHours).Zip(pins, WithPins)], steps, end);

    private static EnrolLine WithHours(EnrolLine line, (string? Schedule, ValidityDate? Until) hours) =>
        line with { Schedule = hours.Schedule, ValidUntil = hours.Until };

    private static Gen<(Pin?, Pin?)> Pins =>
        Gen.Select(Gen.Null(AnyPin), Gen.Null(AnyPin), (pin, duress) => (pin, pin is null ? null : duress));

    private static Gen<Pin> AnyPin =>
        Gen.String[Gen.Char["0123456789"], 4, 8].Where(digits => Pin.WhyNot(digits) is null).Select(Pin.Parse);

    private static EnrolLine WithPins(EnrolLine line, (Pin? Pin, Pin? Duress) pins) => line with { Pin = pins.Pin, Duress = pins.Duress };

    private static Gen<string> Name => Gen.OneOf(
        Gen.String[Gen.Char["abcZäß09 .-'_"], 1, 12],
        OneOf("within", "none", "badge", "from", "#1", "frozen", "+5", "for"));

    private static Gen<string> Glob => Gen.OneOf(
        OneOf("builtin:adam/door-1/*.jpg", "none", "dark", "#", "my pictures/a?.png", "beside", "once", "as"),
        Gen.String[Gen.Char["ab/*?.: #-"], 1, 20]);

    private static Gen<string> ScheduleWord => OneOf("office", "night shift", "until", "from", "never", "#");

    private static Gen<ValidityDate> AnyDate => Gen.Select(Gen.Int[0, 80_000], Gen.Int[0, 86_399], Gen.Bool, (day, second, isDay) =>
        ValidityDate.Parse(new DateTime(2000, 1, 1).AddDays(day).AddSeconds(second).ToString(isDay ? "yyyy-MM-dd"
            : "yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<Badge> AnyBadge => Gen.OneOf(
        Gen.Select(Gen.UInt[0, 255], Gen.ULong[0, 65535], (facility, card) => Badge.Of("H10301", facility, card)),
        Gen.ULong.Select(card => Badge.Of("H10302", null, card)),
        Gen.Byte.Array[2, 16].Select(uid => Badge.OfUid(uid)));

    private static Gen<ScenarioStart> Start => Gen.Select(
        Gen.Int[0, 5_000_000], OneOf("Europe/Berlin", "UTC", "America/New_York", "Asia/Kathmandu"), Gen.Int[0, 3599],
        (hours, zone, seconds) => new ScenarioStart(new DateTime(2020, 1, 1).AddHours(hours % 100_000).AddSeconds(seconds), zone))
        .Where(start => !start.TimeZone.IsInvalidTime(start.Local));

    private static Gen<List<Setting>> Settings => Gen.Select(
        OneOf("Matching:Fmr", "Decisions:Mode", "Schedules:my office"),
        OneOf("1e-5", "face-only", "Mon-Fri 07:00-19:00; Sat 08:00-12:00", "", "#"), (key, value) => new Setting(key, value)).List[0, 3];

    private static Gen<TimeSpan> Time(double longest) =>
        Gen.Long[TimeSpan.TicksPerMillisecond, TimeSpan.FromSeconds(longest).Ticks].Select(TimeSpan.FromTicks);

    private static Gen<decimal> Number(decimal longest) =>
        Gen.Long[1, 1_000_000_000].Select(part => 0.1m + ((longest - 0.1m) * part / 1_000_000_000m));

    private static Gen<StepAction> Action(string[] names) => Gen.OneOf<StepAction>(
        Gen.Select(Glob, Number(240), Gen.Enum<LoopMode>(), Number(64), Gen.Null(Glob),
            (glob, rate, mode, noise, beside) => (StepAction)new ShowPictures(glob, rate, mode, noise) { Beside = beside }),
        Glob.Select(glob => (StepAction)new ShowPictures(glob, ShowPictures.DefaultRate, LoopMode.Loop, 0)),
        Gen.Select(Glob, Gen.Enum<Presentation>(), Number(240),
            (glob, kind, rate) => (StepAction)new ShowPresentation(glob, kind, rate)),
        Gen.Enum<CameraView>().Select(view => (StepAction)new ShowView(view)),
        Gen.Select(AnyBadge, Gen.Long[2_000, 200_000], (badge, gap) => (StepAction)new PresentBadge(badge, TimeSpan.FromTicks(gap))),
        AnyBadge.Select(badge => (StepAction)new PresentBadge(badge, PresentBadge.DefaultGap)),
        Gen.Select(Gen.String[Gen.Char["01"], 1, 128], Gen.Bool, (bits, swapped) => (StepAction)new SendBits(bits, swapped)),
        Gen.String[Gen.Char["0123456789*#"], 1, 32].Select(keys => (StepAction)new PressKeys(keys)),
        Gen.Int[1, 1000].Select(edges => (StepAction)new Glitch(edges)),
        Gen.Bool.Select(open => (StepAction)new MoveDoor(open)),
        Gen.Int[1, 100].Select(times => (StepAction)new BounceDoor(times)),
        AnyBadge.Select(badge => (StepAction)new LeaveWithBadge(badge)),
        Gen.OneOf(Gen.Const(PressExit.Default), Time(60)).Select(time => (StepAction)new PressExit(time)),
        Gen.Select(Gen.Enum<PersonChange>(), OneOf(names), (change, name) => (StepAction)new ChangePerson(change, name)),
        Gen.Select(OneOf(names), ScheduleWord, (name, schedule) => (StepAction)new ChangeSchedule(name, schedule)),
        Gen.Select(OneOf(names), Gen.Enum<ValidityLimit>(), Gen.Nullable(AnyDate),
            (name, limit, date) => (StepAction)new ChangeValidity(name, limit, date)),
        Gen.Select(OneOf(names), Gen.Enum<DoorAgent.Galleries.PersonMark>(), Gen.Bool,
            (name, mark, isSet) => (StepAction)new ChangeMark(name, mark, isSet)),
        Gen.Select(OneOf(names), OneOf(names), Gen.Bool, (name, host, hasHost) => (StepAction)new ChangeHost(name, hasHost ? host : null)),
        // No zone changes its clock at noon.
        Gen.Int[0, 50_000].Select(day => (StepAction)new SetClock(new DateTime(2000, 1, 1, 12, 0, 0).AddDays(day).AddSeconds(day % 60))),
        Gen.Int[-300_000, 300_000].Select(seconds => (StepAction)new MoveClock(TimeSpan.FromSeconds(seconds % 7 == 0
            ? 3600 * (seconds % 72) : seconds))),
        Gen.Select(AnyBadge, Gen.Bool, (badge, lost) => (StepAction)new BlockBadge(badge, lost)),
        Gen.Select(OneOf(names), AnyBadge, (name, badge) => (StepAction)new AddBadge(name, badge)),
        Gen.Select(Gen.Enum<FleetChange>(), OneOf(names), Gen.Int[1, 744], (change, name, hours) => (StepAction)new ChangeFleet(
            change, FleetSyntax.NeedsName(change) ? name : "", FleetSyntax.NeedsHours(change) ? hours : 0)),
        Gen.Select(Gen.Enum<DoorMode>(), Gen.Int[1, 720], (mode, minutes) => (StepAction)new ChangeMode(
            mode, mode == DoorMode.Unlocked ? TimeSpan.FromMinutes(minutes) : TimeSpan.Zero)),
        Settings.Select(settings => (StepAction)new Restart([.. settings])),
        Gen.Const((StepAction)new Kill()));

    private static Gen<List<Expectation>> Expectations(string[] names)
    {
        Gen<TimeSpan> window = Gen.OneOf(Gen.Const(Expectation.DefaultWindow), Time(86_400));
        return Gen.OneOf<Expectation>(
            Gen.Select(OneOf(names), window, (who, by) => (Expectation)new ExpectGranted(who, by)),
            Gen.Select(Gen.Enum<DenyReason>(), Gen.Null(OneOf(names)), window,
                (why, who, by) => (Expectation)new ExpectDenied(why, who, by)),
            Gen.Select(Gen.Enum<DoorEventKind>(), window, (kind, by) => (Expectation)new ExpectEvent(kind, by)),
            Gen.Select(Gen.Enum<DoorPhase>(), window, (state, by) => (Expectation)new ExpectState(state, by)),
            Gen.Select(Gen.Bool, window, (isOn, by) => (Expectation)new ExpectRelay(isOn, by)),
            Gen.Select(Time(30), window, (time, by) => (Expectation)new ExpectRelayOnFor(time, by)),
            Gen.Select(Gen.Enum<LightPattern>(), window, (pattern, by) => (Expectation)new ExpectLights(pattern, by)),
            Time(86_400).Select(time => (Expectation)new ExpectNothing(time))).List[0, 3];
    }

    private static Scenario Build(ScenarioStart start, List<Setting> settings, EnrolLine[] enrolments,
        List<(long After, StepAction Action, List<Expectation> Expectations)> parts, bool end)
    {
        List<Step> steps = [];
        TimeSpan at = TimeSpan.Zero;
        foreach ((long after, StepAction action, List<Expectation> expectations) in parts)
        {
            at += TimeSpan.FromTicks(after);
            steps.Add(new Step(at, action, [.. expectations]));
        }

        if (end)
            steps.Add(new Step(at, new EndScenario(), []));
        return new Scenario(start, [.. settings], [.. enrolments], [.. steps]);
    }
}
