using System.Globalization;
using DoorAgent.Diagnostics;
using DoorAgent.Sealing;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DoorAgent.Commands.Key;

/// <summary>Shows what is known about a door's key, to people and to programs.</summary>
internal static class KeyView
{
    public static IRenderable Of(KeyFacts facts)
    {
        Grid grid = new();
        grid.AddColumn(new GridColumn().NoWrap()).AddColumn();
        Fact("key", facts.Id ?? (facts.IsHidden ? "only root sees it" : facts.Stored is null ? "none" : "does not open"));
        if (facts.Stored is { } stored)
        {
            Fact("kept in", $"{stored.Path}: {stored.Words}");
            Fact("protects", stored.Protection);
        }

        if (facts.ComingId is { } coming)
            Fact("next key", $"{coming}: a rotation is not finished");
        Fact("gallery", facts switch
        {
            { HasGallery: false } => "none yet",
            { GalleryKey: null } => "open, not sealed",
            { IsRight: false, Id: not null } => $"sealed with ANOTHER key, {facts.GalleryKey}",
            _ => $"sealed with the key {facts.GalleryKey}",
        });
        Fact("journal", facts.JournalKeys.Count == 0 ? "no chain yet" : $"its chain needs the key {string.Join(", ", facts.JournalKeys)}");
        Fact("kept pictures", facts.Pictures.Count == 0 ? "none sealed" : string.Join(", ", facts.Pictures.Select(one =>
            string.Create(CultureInfo.InvariantCulture, $"{one.Value} files with the key {one.Key}"))));
        Fact("exported", facts.Exported is { } when ? when.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "never");
        return new Rows(grid, Text.Empty, new Text($"Next: {Next(facts)}"));

        void Fact(string name, string value) => grid.AddRow($"[grey]{name}[/]", Markup.Escape(value));
    }

    /// <summary>The facts as JSON.</summary>
    public static object Json(KeyFacts facts) => new
    {
        Key = facts.Id,
        Place = facts.Stored?.Path,
        Kind = facts.Stored is { } stored ? KindName(stored.Kind) : null,
        NextKey = facts.ComingId,
        facts.Absence,
        Gallery = facts.GalleryKey,
        Journal = facts.JournalKeys,
        facts.Pictures,
        facts.Exported,
        OpensGallery = facts.Id is not null && facts.IsRight,
        Next = Next(facts),
    };

    /// <summary>The next step.</summary>
    public static string Next(KeyFacts facts) => facts switch
    {
        { Id: null, GalleryKey: { } needed } => $"the gallery is sealed with the key {needed}, and {facts.Absence}",
        { Id: null, Stored: not null } or { IsHidden: true } => facts.Absence!,
        { Id: null } => $"{facts.Keys.Command("key create")} makes a key; until then nothing is sealed.",
        { IsRight: false } => $"{facts.Keys.Command("key import FILE --replace")} with the export of the key {facts.GalleryKey}.",
        { ComingId: not null } => $"{facts.Keys.Command("key rotate")} finishes the rotation.",
        { HasGallery: true, GalleryKey: null } => $"the daemon seals the gallery when it starts: {facts.Keys.Restart}.",
        { Exported: null } => $"{facts.Keys.Command("key export --to FILE")}; keep file and sheet away from the door.",
        _ => "nothing to do.",
    };

    private static string KindName(KeyKind kind) => kind switch
    {
        KeyKind.TpmCredential => "tpm-credential",
        KeyKind.HostCredential => "host-credential",
        KeyKind.PlainCredential => "plain-credential",
        KeyKind.Passed => "passed-credential",
        _ => "file",
    };
}
