"""Common first names by the pronoun that news articles use with them.

Covers American, Russian and other names frequent in reports on politics. Names that are common for
both are in neither set.
"""

from __future__ import annotations

from stance.words.cues import word_set

MALE_FIRST_NAMES = word_set("""
Aaron Abbas Abdel Abdul Abdullah Abraham Adam Adel Adolf Ahmad Ahmed Ajit Alan Alastair Albert
Alberto Alec Alejandro Aleksandr Aleksei Alexander Alexandre Alexei Alexey Alfred Ali Allan Allen
Ammon Anatoly Anders Anderson Andre Andreas Andrei Andres Andrew Andrey Andriy Andrzej Andy Angus
Anthony Antonin Antonio Antony Anwar Aras Arkady Arne Arnold Arseniy Arthur Arturo Asa Ashton Austin
Ayman Barack Barry Bart Bartholomew Bashar Ben Benedict Benjamin Benny Bernard Bernie Bert Beto Bill
Billy Bob Bobby Boris Brad Bradley Brandon Brendan Brent Bret Brett Brian Brock Bruce Bruno Bryan
Byron Caleb Calvin Cameron Carl Carlos Cesar Chad Charles Charlie Chester Chris Christian Christoph
Christopher Chuck Clarence Claude Clay Clayton Cliff Clifford Clint Cody Colin Collin Conor Corey
Cory Craig Curt Curtis Cyrus Dale Damon Dan Daniel Danny Darrell Darren Dave David Dean Denis Dennis
Denny Derek Desmond Deval Devin Dexter Dick Didier Dieter Dimitri Dirk Dmitri Dmitriy Dmitry Dmytro
Dominic Dominique Don Donald Donny Doug Douglas Duncan Dwight Dylan Dzhokhar Earl Ed Eddie Edgar
Edmund Eduardo Edward Edwin Ehud Eli Elijah Eliot Elliot Elliott Emmanuel Enrique Eric Erick Erik
Ernest Ernesto Ernie Ethan Eugene Evan Ezra Faisal Fareed Felipe Felix Fernando Fidel Francis
Francisco Franco Francois Frank Franklin Franz François Fred Freddie Frederick Fritz Fyodor Gabriel
Garrett Garry Gary Gavin Gennady Geoff Geoffrey George Georges Georgi Georgy Gerald Gerard Gerhard
German Gideon Gilbert Giovanni Giuseppe Gleb Glenn Gordon Greg Gregg Gregory Grigory Grover
Guillermo Gus Guy Hakeem Hamid Hank Hans Harold Harry Harvey Hassan Heinz Henrik Henry Herbert
Herman Horst Hosni Howard Hubert Hugh Hugo Hussein Ian Ibrahim Igor Ilya Isaac Ismail Ivan Jack
Jacob Jacques Jair Jake Jamal James Jamie Jan Jared Jason Javier Jay Jean-Claude Jean-Yves Jeb Jed
Jeff Jeffrey Jeh Jens Jeremy Jerome Jerrold Jerry Jesse Jim Jimmy Joachim Joaquin Joe Joel Johan
John Johnny Jon Jonah Jonathan Jordan Jorge José Jose Joseph Josh Joshua Juan Judd Julian Julián
Julio Julius Jürgen Justin Karim Karl Keith Ken Kenneth Kent Kevin Khalid Kirill Kirk Klaus Kofi
Konstantin Kurt Kyle Lamar Lance Larry Lars Laurence Laurent Lawrence Lech Lee Leo Leon Leonard
Leonid Leopold Lester Lev Lewis Lindsey Lionel Lloyd Lorenzo Lou Louie Louis Luca Lucas Luis Luke
Luther Lyndon Mahmoud Maksim Malcolm Manuel Marc Marcel Marco Marcus Mariano Mario Mark Martin Marty
Marvin Masoud Mateusz Matt Matteo Matthew Maurice Max Maxim Mehmet Mel Melvin Merrick Michael Michel
Mick Miguel Mike Mikhail Milo Mitch Mitt Moammar Mohamed Mohammad Mohammed Moses Muammar Muhammad
Mustafa Narendra Nate Nathan Nathaniel Neal Ned Neil Newt Niall Nicholas Nick Nicolas Nigel Nikita
Nikolai Nikolas Nikolay Noah Noam Noel Norman Oleg Oleksandr Oliver Omar Oren Orrin Osama Oscar Otto
Owen Pablo Patrick Paul Pavel Pavlo Pedro Pete Peter Petr Petro Phil Philip Philippe Phillip Pierre
Piotr Preet Pyotr Qassem Quentin Rafael Raheem Rahm Raj Ralph Ramzan Rand Randall Randy Raul Ray
Raymond Raúl Recep Reggie Reince Rex Ricardo Richard Rick Ricky Rinat Rob Robby Robert Roberto Rod
Rodney Rodrigo Roger Roland Roman Ron Ronald Ronan Ronny Ross Roy Ruben Rudolf Rudolph Rudy Rupert
Ruslan Russ Russell Rustam Ryan Saddam Saeed Salman Sam Samuel Santiago Saul Saxby Scott Sean
Sebastian Serge Sergei Sergey Sergio Serhiy Seth Shane Shaun Shawn Sheldon Shepard Sherrod Shimon
Shinzo Sidney Silvio Simon Slobodan Sonny Spencer Stan Stanislav Stanley Stas Stefan Steny Stephen
Sterling Steve Steven Stewart Stuart Sven Tad Tamerlan Tamir Tariq Ted Terrence Terry Thad Thaddeus
Theodore Thierry Thom Thomas Thorbjorn Tim Timothy Timur Toby Todd Tom Tommy Tony Travis Trayvon
Trent Trevor Trey Tucker Ty Tyler Ulysses Vaclav Valentin Valery Vasily Vernon Viacheslav Victor
Viktor Vince Vincent Vitali Vitaly Vladimir Vladislav Volodymyr Vyacheslav Wade Walid Walter Wayne
Wes Wesley Wilbur Wilhelm Will William Wilson Winston Wolf Wolfgang Woodrow Woody Xavier Xi Yasser
Yegor Yevgeny Yuri Yury Yves Zach Zachary Zack Zbigniew Zeke
""")

FEMALE_FIRST_NAMES = word_set("""
Abby Abigail Ada Adele Adriana Agnes Aida Aisha Alena Alexandra Alexandria Alexis Alice Alicia Alina
Alisa Alison Allison Alma Alyssa Amal Amanda Amber Amelia Amy Ana Anastasia Andrea Angela Angelina
Angie Anita Ann Anna Anne Annette Annie April Arianna Ariel Aruna Ashley Asma Audrey Aung Ava
Barbara Beatrice Becky Belinda Benazir Bernadette Beth Bethany Betsy Betty Beverly Bonnie Brenda
Brianna Bridget Britney Brooke Caitlin Camilla Candace Candice Carla Carly Carmen Carol Carole
Caroline Carolyn Carrie Catherine Cathy Cecile Cecilia Celeste Charlotte Chelsea Cheryl Chloe
Christiane Christie Christina Christine Christy Cindy Claire Clara Claudia Colleen Condoleezza
Connie Constance Corinne Courtney Crystal Cynthia Daisy Danielle Daria Darlene Dawn Deb Debbie
Deborah Debra Deirdre Delia Denise Diana Diane Dianne Dilma Dina Dolores Donna Dora Doris Dorothy
Ekaterina Elaine Eleanor Elena Elisabeth Elise Eliza Elizabeth Ella Ellen Eloise Elsa Emily Emma
Erica Erika Erin Esther Ethel Eva Eve Evelyn Fatima Federica Felicia Fiona Florence Frances Gabby
Gabriela Gabrielle Gail Galina Georgia Geraldine Gina Gladys Glenda Gloria Grace Greta Gretchen Gwen
Hannah Harriet Hazel Heather Heidi Helen Helena Helga Hilary Hillary Hope Huma Ida Ileana Ilhan Inga
Ingrid Irene Irina Iris Isabel Isabella Ivana Ivanka Jacinda Jackie Jacqueline Jacquelyn Jane Janet
Janice Jean Jeanette Jeanine Jeanne Jen Jenna Jennifer Jenny Jessica Jill Jo Joan Joanna Joanne
Jocelyn Joni Josephine Joy Joyce Juanita Judith Judy Julia Juliana Julie Juliet Juliette June
Kaitlan Kamala Karen Kari Karine Kate Katharine Katherine Kathleen Kathryn Kathy Katie Katrina Katy
Katya Kay Kayleigh Kelly Kellyanne Kelsey Kimberly Kiron Kirsten Kirstjen Kristen Kristin Kristina
Ksenia Ksenija Kyrsten Lara Larisa Larysa Laura Lauren Laurie Leah Leila Lena Leticia Lidia Lillian
Lily Linda Lisa Liz Liza Lois Loretta Lori Lorraine Louise Lucia Lucy Ludmila Lydia Lynn Lynne
Lyudmila Madeleine Madeline Madison Maggie Malala Malia Mara Marcia Margaret Margarita Maria
Marianne Marie Marie-Agnes Marina Marine Marion Marisa Marjorie Marla Marsha Martha Mary Masha
Maureen Maxine Maya Mazie Meg Megan Meghan Megyn Melania Melanie Melinda Melissa Mercedes Meredith
Mia Michele Michelle Mildred Miranda Miriam Mollie Molly Monica Myrna Nadezhda Nadia Nancy Naomi
Natalia Natalie Natalya Natasha Nellie Nicole Nicolle Nikki Nina Noelle Nora Norma Oksana Olga
Olivia Omarosa Oprah Pam Pamela Patricia Patty Paula Pauline Peggy Penny Phyllis Polina Pramila
Priscilla Rachel Rashida Rebecca Regina Renee Rhonda Rita Roberta Rosa Rose Rosemary Roxanne Ruth
Sabrina Sadie Sally Samantha Sandra Sara Sarah Sasha Selena Sharon Sheila Shelley Sherry Sheryl
Shirley Simone Siobhan Sofia Sonia Sophia Sophie Stacey Stacy Stella Stephanie Stormy Sue Susan
Susanna Suzanne Svetlana Sylvia Tamara Tammy Tania Tanya Tara Tatiana Tatyana Teresa Terri Theresa
Tiffany Tina Tricia Tulsi Ulyana Ursula Valentina Valerie Vanessa Vera Veronica Victoria Viktoria
Virginia Vivian Wanda Wendy Whitney Wilma Yekaterina Yelena Yevgenia Yolanda Yulia Yvette Yvonne
Zhanna Zoe Zoya
""")

NICKNAMES = {
    "bill": "william", "bob": "robert", "rob": "robert", "mike": "michael", "joe": "joseph",
    "jim": "james", "tom": "thomas", "chuck": "charles", "dick": "richard", "rick": "richard",
    "ted": "edward", "ed": "edward", "dan": "daniel", "dave": "david", "steve": "steven",
    "ben": "benjamin", "tim": "timothy", "ron": "ronald", "don": "donald", "jeff": "jeffrey",
    "greg": "gregory", "chris": "christopher", "andy": "andrew", "tony": "anthony",
    "ken": "kenneth", "larry": "lawrence", "jack": "john", "sergey": "sergei",
    "dmitri": "dmitry", "alexey": "alexei", "matt": "matthew", "nick": "nicholas",
    "rudy": "rudolph", "mitch": "mitchell", "jerry": "jerrold", "sam": "samuel",
    "pat": "patrick", "liz": "elizabeth", "kate": "katherine", "debbie": "deborah",
    "dmitriy": "dmitry", "dmitrii": "dmitry", "aleksei": "alexei", "aleksandr": "alexander",
    "alexandr": "alexander", "yuriy": "yuri", "yury": "yuri", "vitali": "vitaly",
    "volodimir": "volodymyr", "charlie": "charles", "charley": "charles", "bobby": "robert",
    "billy": "william", "will": "william", "tommy": "thomas", "jimmy": "james",
    "danny": "daniel", "joey": "joseph", "kathy": "kathleen", "cathy": "catherine",
    "sue": "susan", "becky": "rebecca", "beth": "elizabeth", "alex": "alexander",
}  # fmt: skip
"""What short forms and other spellings of first names stand for, in lower case."""
