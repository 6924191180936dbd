using System.Collections;
using DoorAgent.Settings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Settings;

public sealed class SerilogCheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{ "MinimumLevl": "Debug" }""", "Unknown setting Serilog:MinimumLevl (FILE). Did you mean MinimumLevel?")]
    [InlineData("""{ "MinimumLevl": { "Default": "Debug" } }""", "Unknown setting Serilog:MinimumLevl (FILE). Did you mean MinimumLevel?")]
    [InlineData("""{ "MinimumLevel": { "Defalt": "Debug" } }""", "Unknown setting Serilog:MinimumLevel:Defalt (FILE). Did you mean Default?")]
    [InlineData("""{ "FilterSwitches": { "$a": "true" } }""", "Unknown setting Serilog:FilterSwitches (FILE).")]
    [InlineData("""{ "WriteTo": [ { "Nme": "Console" } ] }""", "Unknown setting Serilog:WriteTo:0:Nme (FILE). Did you mean Name?")]
    [InlineData("""{ "WriteTo": [ { "Name": "Console", "Arg": { } } , { "Name": "Console", "Arg": { "a": 1 } } ] }""", "Serilog:WriteTo:1:Arg (FILE). Did you mean Args?")]
    [InlineData("""{ "WriteTo": [ { "Name": "File", "Args": { "pth": "/x" } } ] }""", "Unknown setting Serilog:WriteTo:0:Args:pth (FILE). Did you mean path?")]
    public void KeysThatNobodyReadsAreRefusedWithTheNearest(string section, string expected) => Refuses(section, expected);

    [Theory]
    [InlineData("""{ "MinimumLevel": "Verbos" }""", "Serilog:MinimumLevel is 'Verbos' (FILE); this program has no such level. Did you mean Verbose?")]
    [InlineData("""{ "MinimumLevel": "" }""", "Serilog:MinimumLevel is '' (FILE); this program has no such level.")]
    [InlineData("""{ "MinimumLevel": 6 }""", "Serilog:MinimumLevel is '6' (FILE); this program has no such level. Known here: Verbose, Debug, Information, Warning, Error, Fatal.")]
    [InlineData("""{ "MinimumLevel": [] }""", "Serilog:MinimumLevel is '' (FILE)")]
    [InlineData("""{ "MinimumLevel": [ "Debug" ] }""", "Unknown setting Serilog:MinimumLevel:0 (FILE).")]
    [InlineData("""{ "MinimumLevel": { "Default": "Warn" } }""", "Serilog:MinimumLevel:Default is 'Warn' (FILE); this program has no such level.")]
    [InlineData("""{ "MinimumLevel": { "Default": { "a": "Debug" } } }""", "Serilog:MinimumLevel:Default (FILE) takes one value")]
    [InlineData("""{ "MinimumLevel": { "Override": { "Microsoft": "Eror" } } }""", "Serilog:MinimumLevel:Override:Microsoft is 'Eror' (FILE); this program has no such level. Did you mean Error?")]
    [InlineData("""{ "MinimumLevel": { "Override": "Debug" } }""", "Serilog:MinimumLevel:Override is 'Debug' (FILE); it must be a section")]
    [InlineData("""{ "MinimumLevel": { "Override": { "a:b": "Debug" } } }""", "Serilog:MinimumLevel:Override:a (FILE) takes one value")]
    [InlineData("""{ "LevelSwitches": { "$near": "Loud" } }""", "Serilog:LevelSwitches:$near is 'Loud' (FILE); this program has no such level.")]
    [InlineData("""{ "LevelSwitches": { "$": "Debug" } }""", "is not the name of a switch")]
    [InlineData("""{ "LevelSwitches": { "$near": "Debug" }, "MinimumLevel": { "ControlledBy": "$neer" } }""", "LevelSwitches declares no such switch. Did you mean $near?")]
    [InlineData("""{ "MinimumLevel": { "Override": { "A": "$near" } } }""", "LevelSwitches declares no such switch.")]
    public void UnknownLevelsAreRefused(string section, string expected) => Refuses(section, expected);

    [Theory]
    [InlineData("""{ "WriteTo": [ { "Name": "Syslog" } ] }""", "Serilog:WriteTo:0:Name is 'Syslog' (FILE); this program has no such sink. Known here: Console, FallbackChain, Fallible, File, Logger, Sink.")]
    [InlineData("""{ "WriteTo": [ "Consle" ] }""", "Serilog:WriteTo:0 is 'Consle' (FILE); this program has no such sink. Did you mean Console?")]
    [InlineData("""{ "WriteTo": [ { "Name": "file", "Args": { "path": "/x" } } ] }""", "Did you mean File?")]
    [InlineData("""{ "WriteTo": { "mine": { "Name": "Fil" } } }""", "Serilog:WriteTo:mine:Name is 'Fil' (FILE); this program has no such sink. Did you mean File?")]
    [InlineData("""{ "AuditTo": [ { "Name": "EventLog" } ] }""", "Serilog:AuditTo:0:Name is 'EventLog' (FILE); this program has no such sink. Known here: Console, File, Logger, Sink.")]
    [InlineData("""{ "WriteTo": [ { "Name": "File" } ] }""", "Serilog:WriteTo:0:Name is 'File' (FILE); it needs path in Args.")]
    [InlineData("""{ "WriteTo": [ { "Args": { "path": "/x" } } ] }""", "Serilog:WriteTo:0 (FILE) has no Name.")]
    [InlineData("""{ "WriteTo": "Console" }""", "Serilog:WriteTo is 'Console' (FILE); it must be a list")]
    [InlineData("""{ "Enrich": "FromLogContext" }""", "Serilog:Enrich is 'FromLogContext' (FILE); it must be a list")]
    [InlineData("""{ "Enrich": [ "FromLogContex" ] }""", "this program has no such enricher. Did you mean FromLogContext?")]
    [InlineData("""{ "Filter": [ { "Name": "ByExcluding", "Args": { "expression": "true" } } ] }""", "this program has no such filter.")]
    [InlineData("""{ "Using": [ "Serilog.Sinks.Fil" ] }""", "Serilog:Using:0 is 'Serilog.Sinks.Fil' (FILE); this program has no such package. Did you mean Serilog.Sinks.File?")]
    public void WhatTheProgramDoesNotShipIsRefused(string section, string expected) => Refuses(section, expected);

    [Theory]
    [InlineData("""{ "Name": "File", "Args": { "path": "PATH", "rollingInterval": "Dayly" } }""", "Args:rollingInterval is 'Dayly' (FILE); there is no such choice. Did you mean Day?")]
    [InlineData("""{ "Name": "File", "Args": { "path": "PATH", "shared": "yess" } }""", "Args:shared is 'yess' (FILE); it must be true or false.")]
    [InlineData("""{ "Name": "File", "Args": { "path": "PATH", "restrictedToMinimumLevel": "Eror" } }""", "there is no such choice. Did you mean Error?")]
    [InlineData("""{ "Name": "File", "Args": { "path": "PATH", "formatter": "No.Such, Type" } }""", "Section Serilog cannot be used: Type No.Such, Type was not found.")]
    [InlineData("""{ "Name": "File", "Args": { "path": "PATH", "retainedFileCountLimit": "many" } }""", "Section Serilog cannot be used: ")]
    [InlineData("""{ "Name": "File", "Args": { "path": "PATH", "fileSizeLimitBytes": 0 } }""", "Section Serilog cannot be used: ")]
    [InlineData("""{ "Name": "Console", "Args": { "levelSwitch": "$none" } }""", "LevelSwitches declares no such switch.")]
    [InlineData("""{ "Name": "FallbackChain", "Args": { "configureSink": [ { "Name": "Fle" } ], "configureFallback": [ "Console" ] } }""", "configureSink:0:Name is 'Fle' (FILE); this program has no such sink. Did you mean File?")]
    [InlineData("""{ "Name": "Logger", "Args": { "configureLogger": { "WriteTo": [ { "Name": "Fle" } ] } } }""", "configureLogger:WriteTo:0:Name is 'Fle' (FILE); this program has no such sink. Did you mean File?")]
    public void ArgumentsThatASinkCannotUseAreRefusedAndNoFileIsMade(string sink, string expected)
    {
        string path = _folder.File("made.log");
        Refuses($$"""{ "WriteTo": [ {{sink.Replace("PATH", path, StringComparison.Ordinal)}} ] }""", expected);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData("""{ }""")]
    [InlineData("""{ "MinimumLevel": "debug" }""")]
    [InlineData("""{ "minimumlevel": { "default": "Debug", "override": { "Microsoft.AspNetCore": "Warning", "Anything at all": "Fatal" } } }""")]
    [InlineData("""{ "LevelSwitches": { "$near": "Debug", "far": "" }, "MinimumLevel": { "ControlledBy": "$near", "Override": { "A": "$far" } } }""")]
    [InlineData("""{ "Using": [ "Serilog.Sinks.Console", "Serilog.Sinks.File" ], "WriteTo": [ "Console" ], "Enrich": [ "FromLogContext" ], "Properties": { "Door": "north" } }""")]
    [InlineData("""{ "WriteTo": [ { "Name": "Console", "Args": { "theme": "Serilog.Sinks.SystemConsole.Themes.AnsiConsoleTheme::Code, Serilog.Sinks.Console", "standardErrorFromLevel": "Error" } } ] }""")]
    [InlineData("""{ "WriteTo": [ { "Name": "File", "Args": { "path": "PATH", "rollingInterval": "day", "rollOnFileSizeLimit": false, "buffered": true, "flushToDiskInterval": "00:00:02" } } ] }""")]
    [InlineData("""{ "WriteTo": { "mine": { "Name": "File", "Args": { "path": "PATH", "formatter": "Serilog.Formatting.Compact.CompactJsonFormatter, Serilog.Formatting.Compact" } } } }""")]
    [InlineData("""{ "AuditTo": [ { "Name": "File", "Args": { "path": "PATH" } } ], "WriteTo": [ ] }""")]
    [InlineData("""{ "WriteTo": [ { "Name": "Logger", "Args": { "configureLogger": { "MinimumLevel": "Error", "WriteTo": [ { "Name": "File", "Args": { "path": "PATH" } } ] } } } ] }""")]
    [InlineData("""{ "Destructure": [ { "Name": "ToMaximumDepth", "Args": { "maximumDestructuringDepth": 3 } } ] }""")]
    public void ValidSectionsAreAcceptedAndNoFileIsMade(string section)
    {
        string path = _folder.File("made.log");
        Load(section.Replace("PATH", path, StringComparison.Ordinal));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void LayersAreJudgedTogetherAndTheLayerAtFaultIsNamed()
    {
        string file = _folder.Write("a.json", """{ "Serilog": { "WriteTo": [ { "Name": "File" } ] } }""");
        Hashtable none = [];
        SettingsFile.Load(file, ["Serilog:WriteTo:0:Args:path=/x/door.log"], none);
        string message = Assert.Throws<UserErrorException>(() =>
            SettingsFile.Load(file, ["Serilog:WriteTo:0:Name=Fil", "Serilog:Propertis:a=b"], none)).Message;
        Assert.Contains("Serilog:WriteTo:0:Name is 'Fil' (command line)", message, StringComparison.Ordinal);
        Assert.Contains("Serilog:Propertis (command line). Did you mean Properties?", message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheHintKnowsTheSectionOfSerilog()
    {
        string message = Assert.Throws<UserErrorException>(() =>
            SettingsFile.FromAssignments("test", ["Serlog:MinimumLevel=Debug"])).Message;
        Assert.Contains("Did you mean Serilog:MinimumLevel?", message, StringComparison.Ordinal);
    }

    [Fact]
    public void VeryLongWordsAreShortened()
    {
        string message = Assert.Throws<UserErrorException>(() =>
            SettingsFile.FromAssignments("test", [$"Serilog:MinimumLevel={new string('V', 100_000)}"])).Message;
        Assert.InRange(message.Length, 10, 400);
    }

    [Fact]
    public void VeryLargeSectionsAreRefusedAtOnce()
    {
        Refuses($$"""{ "WriteTo": [ {{string.Join(",", Enumerable.Repeat("\"Console\"", 50_000))}} ] }""", "Section Serilog has more than 1000 settings");
        string deep = string.Concat(Enumerable.Repeat("Args:configureLogger:WriteTo:0:", 3_000));
        Assert.Contains("no log needs that", Assert.Throws<UserErrorException>(() =>
            SettingsFile.FromAssignments("test", [$"Serilog:WriteTo:0:{deep}Name=Console"])).Message, StringComparison.Ordinal);
        Refuses($$"""{ {{string.Join(",", Enumerable.Range(0, 900).Select(i => $"\"Key{i}\": 1"))}} }""", "There may be more; these are the first 20.");
    }

    private void Refuses(string section, string expected)
    {
        string message = Assert.Throws<UserErrorException>(() => Load(section)).Message;
        Assert.Contains(expected.Replace("FILE", _folder.File("a.json"), StringComparison.Ordinal), message, StringComparison.Ordinal);
    }

    private void Load(string section) => SettingsFile.Load(_folder.Write("a.json", $$"""{ "Serilog": {{section}} }"""), [], new Hashtable());
}
