using System.CommandLine;
using DoorAgent.Evaluation;
using DoorAgent.Networks;

namespace DoorAgent.Commands.Calibrating;

/// <summary>The options with which 'calibrate' makes a table from a data set.</summary>
internal sealed class DatasetTableOptions
{
    public Option<string?> Dataset { get; } = new("--dataset")
    {
        Description = "Makes a table from the pictures of DIR: a folder for each person.",
        HelpName = "DIR",
    };

    public Option<string?> Detector { get; } = new("--detector")
    {
        Description = "Catalogue id of the detector of the table. Default: Faces:Detector.",
        HelpName = "ID",
    };

    public Option<string?> Encoder { get; } = new("--encoder")
    {
        Description = "Id of the encoder of the table. Default: the gallery's, else Encodings:Encoder.",
        HelpName = "ID",
    };

    public Option<string> Rule { get; } = new("--rule")
    {
        Description = "The rule of comparison of the table, such as nearest, mean, mean+flip, nearest+centred.",
        DefaultValueFactory = _ => ComparisonRule.Nearest.Name,
    };

    public Option<string?> Except { get; } = new("--except")
    {
        Description = $"A list of pictures to leave out: a name, a tab and the reason; {LeftOutList.LfwErrata}: the wrong names of LFW.",
        HelpName = "FILE",
    };

    public Option<string?> Out { get; } = new("--out") { Description = "Writes the table into a file.", HelpName = "FILE" };

    public Option<string?> Name { get; } = new("--name") { Description = "Names the data set in the table. Default: the folder's name." };

    public Option<string?> Cache { get; } = new("--cache")
    {
        Description = "Directory of the kept encodings; default: evaluation in the data directory.",
        HelpName = "DIR",
    };

    public Option<bool> Force { get; } = new("--force") { Description = "Overwrites an existing file." };

    public void AddTo(Command command)
    {
        Option[] needDataset = [Detector, Encoder, Except, Out, Name, Cache, Force];
        foreach (Option option in needDataset.Prepend(Dataset).Append(Rule))
            command.Options.Add(option);
        Rule.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && ComparisonRule.Parse(name) is null)
            {
                result.AddError($"'{name}' is not a rule of comparison. Rules: "
                    + $"{string.Join(", ", ComparisonRule.All.Select(rule => rule.Name))}.");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(Dataset) is null && needDataset.Append(Rule).FirstOrDefault(IsGiven) is { } without)
                result.AddError($"{without.Name} is for a table of a data set: name the folder of its pictures with {Dataset.Name}.");

            bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
        });
    }
}
