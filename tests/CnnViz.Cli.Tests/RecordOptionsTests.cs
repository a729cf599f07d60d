using System.CommandLine;
using System.ComponentModel;
using CnnViz.Cli.Options;
using CnnViz.Reading;
using CnnViz.Reporting;
using CnnViz.Training;

namespace CnnViz.Tests;

public sealed class RecordOptionsTests
{
    [Fact]
    public void Nothing_given_is_the_record_s_own_default()
    {
        Assert.Equal(new LeNetTrainingOptions(), Bind<LeNetTrainingOptions>());
        Assert.Equal(new PredictionOptions(), Bind<PredictionOptions>());
        Assert.Equal(new TourOptions(), Bind<TourOptions>());
        Assert.Equal(["*"], Bind<FeatureMapOptions>().Layer);
    }

    [Fact]
    public void Every_kind_of_property_is_read()
    {
        var options = Bind<LeNetTrainingOptions>(
            "--dataset", "mnist", "--variant", "lecun1998", "--epoch", "12", "--learning-rate", "0.003", "--augment", "--seed", "-9000000000");

        Assert.Equal(
            new LeNetTrainingOptions { Dataset = "mnist", Variant = LeNetVariant.LeCun1998, Epoch = 12, LearningRate = 0.003, Augment = true, Seed = -9_000_000_000 }, options);
    }

    [Fact]
    public void Lists_come_with_commas_or_by_repeating()
    {
        var options = Bind<FeatureMapOptions>("--layer", "conv1", "--layer", "conv2,fc*", "--channel", "0,3", "--top", "2");

        Assert.Equal(["conv1", "conv2", "fc*"], options.Layer);
        Assert.Equal([0, 3], options.Channel);
        Assert.Equal(2, options.Top);
    }

    [Fact]
    public void A_list_where_one_number_belongs_is_no_larger_number()
    {
        var command = new Command("test");
        _ = new RecordOptions<LeNetTrainingOptions>(command);

        var error = Assert.Single(command.Parse(["--learning-rate", "1,10"]).Errors);
        Assert.Equal("'1,10' is no value for --learning-rate: expected one number.", error.Message);
    }

    [Fact]
    public void Every_described_property_is_an_option_with_its_description_default_and_values()
    {
        var command = new Command("test");
        _ = new RecordOptions<LeNetTrainingOptions>(command);

        Assert.Equal(typeof(LeNetTrainingOptions).GetProperties().Count(property => property.IsDefined(typeof(DescriptionAttribute), false)), command.Options.Count);
        Assert.All(command.Options, option => Assert.False(string.IsNullOrEmpty(option.Description)));
        var epoch = command.Options.Single(option => option.Name == "--epoch");
        Assert.Equal(5, epoch.GetDefaultValue());
        var schedule = command.Options.Single(option => option.Name == "--schedule");
        Assert.Equal(["Constant", "Cosine", "InverseTime", "Linear", "Step"], schedule.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(item => item.Label));
    }

    [Theory]
    [InlineData("Epoch", "epoch")]
    [InlineData("LearningRate", "learning-rate")]
    [InlineData("EOTStep", "eot-step")]
    [InlineData("L2Decay", "l2-decay")]
    public void Names_become_kebab_case(string name, string expected) => Assert.Equal(expected, KebabCase.Of(name));

    private static T Bind<T>(params string[] args)
        where T : class, new()
    {
        var command = new Command("test");
        var options = new RecordOptions<T>(command);
        var result = command.Parse(args);
        Assert.Empty(result.Errors);
        return options.Bind(result);
    }
}
