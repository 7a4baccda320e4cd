"""Common first names by the pronoun that news articles use with them.

Covers American, Russian and other names frequent in reports on politics. Names that are common for
both are in neither set.
"""

from __future__ import annotations

from stance.words.cues import word_set

MALE_FIRST_NAMES = word_set("""
Aaron Abbas Abdel Abdullah Adam Adolf Ahmad Ahmed Alan Alastair Albert Alberto Alec Alejandro
Aleksandr Aleksei Alexander Alexandre Alexei Alexey Alfred Ali Allan Allen Ammon Anatoly Anders
Andre Andreas Andrei Andrew Andrey Andriy Andrzej Andy Angus Anthony Antonio Antony Arkady Arnold
Arseniy Arthur Arturo Asa Ashton Austin Barack Barry Bartholomew Bashar Ben Benedict Benjamin
Benny Bernard Bernie Bert Bill Billy Bob Bobby Boris Brad Bradley Brandon Brendan Brent Bret Brett
Brian Bruce Bruno Bryan Byron Caleb Calvin Cameron Carl Carlos Cesar Chad Charles Charlie Chester
Chris Christian Christoph Christopher Chuck Clarence Claude Clay Clayton Cliff Clifford Clint Cody
Colin Conor Corey Cory Craig Curt Curtis Cyrus Dale Damon Dan Daniel Danny Darrell Darren Dave
David Dean Denis Dennis Derek Desmond Devin Dexter Dick Didier Dieter Dimitri Dirk Dmitri Dmitriy
Dmitry Dmytro Dominic Dominique Don Donald Donny Doug Douglas Duncan Dwight Dylan Earl Ed Eddie
Edgar Edmund Eduardo Edward Edwin Eli Elijah Elliot Elliott Emmanuel Enrique Eric Erik Ernest
Ernesto Ethan Eugene Evan Ezra Felipe Felix Fernando Fidel Francis Francisco Franco Francois
François Frank Franklin Franz Fred Frederick Fritz Fyodor Gabriel Garrett Garry Gary Gavin Gennady
Geoff Geoffrey George Georges Georgi Georgy Gerald Gerard Gerhard German Gideon Gilbert Giovanni
Giuseppe Glenn Gordon Greg Gregory Grigory Guillermo Gus Guy Hamid Hank Hans Harold Harry Harvey
Hassan Heinz Henrik Henry Herbert Herman Hosni Howard Hubert Hugh Hugo Hussein Ian Ibrahim Igor
Ilya Isaac Ismail Ivan Jack Jacob Jacques Jake James Jamie Jan Jared Jason Javier Jay Jean-Claude
Jean-Yves Jeb Jed Jeff Jeffrey Jens Jeremy Jerome Jerry Jesse Jim Jimmy Joachim Joe Joel Johan
John Johnny Jon Jonah Jonathan Jordan Jorge Jose José Joseph Josh Joshua Juan Julian Julio Julius
Justin Karl Karim Keith Ken Kenneth Kent Kevin Khalid Kirill Kirk Klaus Kofi Konstantin Kurt Kyle
Lamar Lance Larry Lars Laurence Laurent Lawrence Lech Lee Leo Leon Leonard Leonid Leopold Lev
Lewis Lindsey Lionel Lloyd Lou Louis Luca Lucas Luis Luke Luther Mahmoud Malcolm Manuel Marc
Marcel Marco Marcus Mario Mariano Mark Martin Marty Marvin Masoud Mateusz Matt Matteo Matthew
Maurice Max Maxim Mehmet Mel Melvin Michael Michel Miguel Mike Mikhail Mitch Mitt Mohamed Mohammad
Mohammed Moses Muammar Muhammad Mustafa Narendra Nathan Nathaniel Neal Ned Neil Newt Nicholas Nick
Nicolas Nigel Nikita Nikolai Nikolay Noah Noam Norman Oleg Oleksandr Oliver Omar Orrin Oscar Otto
Owen Pablo Patrick Paul Pavel Pavlo Pedro Peter Petr Petro Phil Philip Philippe Phillip Pierre
Piotr Preet Pyotr Quentin Rafael Raj Ralph Ramzan Rand Randall Randy Raul Raúl Ray Raymond Recep
Reggie Reince Rex Ricardo Richard Rick Ricky Rob Robby Robert Roberto Rodney Rodrigo Roger Roland
Roman Ron Ronald Ronan Ronny Ross Roy Ruben Rudolf Rudolph Rudy Rupert Ruslan Russ Ryan Salman Sam
Samuel Santiago Scott Sean Sebastian Serge Sergei Sergey Sergio Serhiy Seth Shane Shaun Shawn
Sheldon Shinzo Sidney Silvio Simon Slobodan Spencer Stan Stanislav Stanley Stefan Stephen Sterling
Steve Steven Stewart Stuart Sven Tariq Ted Terrence Terry Thad Thaddeus Theodore Thierry Thomas
Thorbjorn Tim Timothy Toby Todd Tom Tommy Tony Travis Trent Trevor Trey Tucker Ty Tyler Ulysses
Vaclav Valentin Valery Vasily Viacheslav Victor Viktor Vince Vincent Vitali Vitaly Vladimir
Vladislav Volodymyr Vyacheslav Wade Walter Wayne Wesley Wilbur Wilhelm Will William Wilson Winston
Wolf Wolfgang Woody Xavier Xi Yasser Yegor Yevgeny Yuri Yury Yves Zachary Zack Zbigniew
""")

FEMALE_FIRST_NAMES = word_set("""
Abby Abigail Ada Adele Adriana Agnes Aida Aisha Alena Alexandra Alexandria Alexis Alice Alicia
Alina Alisa Alison Allison Alma Alyssa Amal Amanda Amber Amelia Amy Ana Anastasia Andrea Angela
Angelina Angie Anita Ann Anna Anne Annette Annie April Arianna Ariel Asma Audrey Ava Barbara
Beatrice Becky Belinda Bernadette Beth Bethany Betsy Betty Beverly Bonnie Brenda Brianna Bridget
Britney Brooke Camilla Candace Candice Carla Carly Carmen Carol Carole Caroline Carolyn Carrie
Catherine Cathy Cecilia Celeste Charlotte Chelsea Cheryl Chloe Christiane Christie Christina
Christine Cindy Claire Clara Claudia Colleen Condoleezza Connie Constance Corinne Courtney Crystal
Cynthia Daisy Danielle Daria Darlene Dawn Debbie Deborah Debra Delia Denise Diana Diane Dianne
Dina Dolores Donna Dora Doris Dorothy Ekaterina Elaine Eleanor Elena Elise Elisabeth Eliza
Elizabeth Ella Ellen Eloise Elsa Emily Emma Erica Erika Erin Esther Ethel Eva Eve Evelyn Federica
Fatima Felicia Fiona Florence Frances Gabriela Gabrielle Gail Galina Georgia Geraldine Gina Gladys
Glenda Gloria Grace Greta Gretchen Gwen Hannah Harriet Hazel Heather Heidi Helen Helena Helga
Hillary Hilary Hope Huma Ida Inga Ingrid Irene Irina Iris Isabel Isabella Ivana Ivanka Jackie
Jacqueline Jacinda Jane Janet Janice Jean Jeanette Jeanine Jeanne Jen Jenna Jennifer Jenny Jessica
Jill Jo Joan Joanna Joanne Jocelyn Josephine Joy Joyce Juanita Judith Judy Julia Juliana Julie
Juliet June Kaitlan Kamala Karen Karine Kate Katharine Katherine Kathleen Kathryn Kathy Katie
Katrina Katya Katy Kay Kayleigh Kellyanne Kelly Kimberly Kirsten Kirstjen Kristen Kristin Kristina
Ksenia Lara Larisa Laura Lauren Laurie Leah Leila Lena Leticia Lidia Lillian Lily Linda Lisa Liz
Liza Lois Loretta Lori Lorraine Louise Lucia Lucy Lydia Lynn Lynne Madeleine Madison Maggie Malala
Malia Mara Marcia Margaret Margarita Maria Marie Marie-Agnes Marina Marine Marion Marisa Marjorie
Martha Marsha Mary Masha Maureen Maxine Maya Megan Meghan Melania Melanie Melinda Melissa Mercedes
Meredith Mia Michele Michelle Mildred Miranda Miriam Molly Monica Nadia Nadezhda Nancy Naomi
Natalia Natalie Natalya Natasha Nellie Nicole Nikki Nina Nora Norma Oksana Olga Olivia Oprah Pam
Pamela Pat Patricia Patty Paula Pauline Peggy Penny Phyllis Polina Priscilla Rachel Rebecca Regina
Renee Rhonda Rita Roberta Rosa Rose Rosemary Roxanne Ruth Sabrina Sadie Sally Samantha Sandra Sara
Sarah Sasha Selena Sharon Sheila Shelley Sherry Sheryl Shirley Simone Sofia Sonia Sophia Sophie
Stacey Stacy Stella Stephanie Stormy Sue Susan Susanna Suzanne Svetlana Sylvia Tamara Tammy Tania
Tanya Tara Tatiana Tatyana Teresa Theresa Tiffany Tina Tricia Tulsi Ulyana Ursula Valentina
Valerie Vanessa Vera Veronica Victoria Viktoria Virginia Vivian Wanda Wendy Whitney Wilma
Yekaterina Yelena Yevgenia Yolanda Yulia Yvette Yvonne Zoe Zoya
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
